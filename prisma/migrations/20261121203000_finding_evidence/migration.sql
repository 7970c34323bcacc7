-- The latest episode holds it.
ALTER TABLE "finding" DROP COLUMN "evidence";
