-- Lists look at all brokers but read few in full: attributes and rule results live beside the row, what is filtered by stays in it.
ALTER TABLE "broker" SET (toast_tuple_target = 640);
ALTER TABLE "broker" ALTER COLUMN "engine_version_parts" SET STORAGE PLAIN;
ALTER TABLE "broker" ALTER COLUMN "tags" SET STORAGE MAIN;
