-- CreateTable
CREATE TABLE "configuration" (
    "arn" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "configuration_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "engine" TEXT,
    "engine_version" TEXT,
    "latest_revision" INTEGER,
    "latest_revision_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3),
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "configuration_pkey" PRIMARY KEY ("arn")
);

-- CreateTable
CREATE TABLE "subject_outcome" (
    "subject_type" TEXT NOT NULL,
    "subject_key" TEXT NOT NULL,
    "rule_results" JSONB NOT NULL,

    CONSTRAINT "subject_outcome_pkey" PRIMARY KEY ("subject_type","subject_key")
);

-- CreateIndex
CREATE INDEX "configuration_account_id_region_idx" ON "configuration"("account_id", "region");
