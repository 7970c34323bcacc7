-- CreateTable
CREATE TABLE "reference_override" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "end_of_support" DATE,
    "creatable" BOOLEAN,
    "checked_on" DATE NOT NULL,
    "source" TEXT,
    "reason" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "ended_reason" TEXT,

    CONSTRAINT "reference_override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reference_import" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "origin_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "content" JSONB NOT NULL DEFAULT '[]',
    "summary" JSONB NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,
    "imported_by" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "ended_reason" TEXT,

    CONSTRAINT "reference_import_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reference_override_kind_engine_key_idx" ON "reference_override"("kind", "engine", "key");

-- CreateIndex
CREATE INDEX "reference_import_kind_idx" ON "reference_import"("kind");

-- At most one override of a row is in force; those before it are its history.
CREATE UNIQUE INDEX reference_override_one_standing ON reference_override (kind, engine, key) WHERE ended_at IS NULL;
