-- CreateTable
CREATE TABLE "kpi_target" (
    "kpi_id" TEXT NOT NULL,
    "start_on" DATE NOT NULL,
    "target" DECIMAL(38,18) NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "set_by" TEXT NOT NULL,

    CONSTRAINT "kpi_target_pkey" PRIMARY KEY ("kpi_id","start_on")
);

-- CreateTable
CREATE TABLE "application" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "owner_name" TEXT,
    "broker_ids" INTEGER[],
    "sla_target" DECIMAL(38,18),
    "outage_cost_per_hour" DECIMAL(38,18),
    "outage_cost_currency" TEXT,
    "failover_attested_at" TIMESTAMPTZ(3),
    "failover_attested_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "cause" TEXT NOT NULL,
    "planned" BOOLEAN NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "broker_ids" INTEGER[],
    "application_ids" INTEGER[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "failover_drill" (
    "id" SERIAL NOT NULL,
    "broker_ids" INTEGER[],
    "planned_on" DATE NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "recovered_at" TIMESTAMPTZ(3),
    "successful" BOOLEAN,
    "problems" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "failover_drill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_review" (
    "candidate_id" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "incident_id" INTEGER,
    "reviewed_at" TIMESTAMPTZ(3) NOT NULL,
    "reviewed_by" TEXT NOT NULL,

    CONSTRAINT "incident_review_pkey" PRIMARY KEY ("candidate_id")
);

-- CreateTable
CREATE TABLE "register_attestation" (
    "id" SERIAL NOT NULL,
    "start_on" DATE NOT NULL,
    "end_exclusive" DATE NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "attested_at" TIMESTAMPTZ(3) NOT NULL,
    "attested_by" TEXT NOT NULL,

    CONSTRAINT "register_attestation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "incident_started_at_idx" ON "incident"("started_at");

-- One application of a name at a time; a removed one frees its name.
CREATE UNIQUE INDEX "application_one_of_a_name" ON "application" (lower("name")) WHERE "removed_at" IS NULL;
-- What was vouched for is never rewritten.
CREATE TRIGGER register_attestation_append_only BEFORE UPDATE OR DELETE ON register_attestation
  FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER register_attestation_no_truncate BEFORE TRUNCATE ON register_attestation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
