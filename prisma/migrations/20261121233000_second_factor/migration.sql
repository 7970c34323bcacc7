-- The optional second factor of local accounts (better-auth reads and writes it; secret and codes are encrypted with the server's secret).
ALTER TABLE "person" ADD COLUMN "two_factor_enabled" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "person_second_factor" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "backup_codes" TEXT NOT NULL,
    "verified" BOOLEAN DEFAULT true,
    "failed_verification_count" INTEGER DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    CONSTRAINT "person_second_factor_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "person_second_factor_user_id_key" ON "person_second_factor"("user_id");
ALTER TABLE "person_second_factor" ADD CONSTRAINT "person_second_factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Challenges between password and code are looked up by it.
CREATE INDEX "person_verification_identifier_idx" ON "person_verification"("identifier");
