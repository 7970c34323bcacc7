-- API keys, and the narrow tokens of Prometheus and of calendars. Only the hash of a secret is kept.
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "role" TEXT,
    "query" TEXT,
    "lasts_days" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_from" TEXT,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,
    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "api_key_created_by_idx" ON "api_key"("created_by");
-- The audit names a key by its name: no two that work share one.
CREATE UNIQUE INDEX "api_key_one_name" ON "api_key" (lower("name")) WHERE "revoked_at" IS NULL;

CREATE TABLE "api_key_owner" (
    "key_id" TEXT NOT NULL,
    "owner_id" INTEGER NOT NULL,
    CONSTRAINT "api_key_owner_pkey" PRIMARY KEY ("key_id", "owner_id")
);
CREATE INDEX "api_key_owner_owner_id_idx" ON "api_key_owner"("owner_id");

ALTER TABLE "api_key" ADD CONSTRAINT "api_key_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "api_key_owner" ADD CONSTRAINT "api_key_owner_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "api_key_owner" ADD CONSTRAINT "api_key_owner_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE CASCADE;
