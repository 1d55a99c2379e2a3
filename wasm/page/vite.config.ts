import { defineConfig } from "vite";

export default defineConfig({
  // Relative addresses: the page works under any path of any static host.
  base: "./",
  build: {
    target: "es2022",
    // Every file stays a file: the content security policy admits no script from a `data:` address.
    assetsInlineLimit: 0,
    // The polyfill would be one more script, for browsers that can't run the page anyway.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: "es" },
});
