.mode list
;;--> statement-breakpoint
/* ; */ SELECT ';', ";", `;`, [;] -- ;
;
CREATE TRIGGER t BEGIN SELECT 1; END;SELECT 2/* never