// Building the document. Text from files and from the core only ever becomes text nodes.

type Child = Node | string | undefined;

/** Makes an element; `text` and children are text or nodes, never markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** The element of `index.html` with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found as T;
}

export function button(label: string, attributes: Record<string, string>, act: () => void): HTMLButtonElement {
  const made = el("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

/** Replaces what a box holds; the focus stays on the control of the same key, else of the same place. */
export function redraw(box: HTMLElement, ...content: Node[]): void {
  const controls = () => [...box.querySelectorAll<HTMLElement>("button, input, summary, [tabindex]")];
  const at = controls().findIndex((control) => control === document.activeElement);
  const key = controls()[at]?.dataset["key"];
  box.replaceChildren(...content);
  const same = key === undefined ? undefined : controls().find((control) => control.dataset["key"] === key);
  (same ?? controls()[at])?.focus({ preventScroll: true });
}

/** More at once than anyone reads would make the page slow. */
const AT_ONCE = 200;

/** Fills a list with the first of its items; a button behind it adds the next ones. */
export function portions<Item>(list: HTMLElement, items: Item[], draw: (item: Item) => HTMLElement): HTMLElement[] {
  let shown = 0;
  const add = () => {
    list.append(...items.slice(shown, shown + AT_ONCE).map(draw));
    shown = Math.min(shown + AT_ONCE, items.length);
  };
  add();
  if (shown === items.length) return [list];
  const label = () => `Show ${Math.min(AT_ONCE, items.length - shown)} of ${items.length - shown} more`;
  const more = button(label(), {}, () => {
    add();
    if (shown < items.length) more.textContent = label();
    else more.remove();
  });
  return [list, more];
}

/** A message with its `code` set as code: the core writes names in backticks. */
export function prose(message: string): DocumentFragment {
  const made = document.createDocumentFragment();
  message.split(/(`[^`]+`)/).forEach((part) => {
    const code = part.length > 2 && part.startsWith("`") && part.endsWith("`");
    made.append(code ? el("code", {}, part.slice(1, -1)) : part);
  });
  return made;
}

export function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
