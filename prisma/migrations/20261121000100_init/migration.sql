-- CreateTable
CREATE TABLE "aws_account" (
    "account_id" TEXT NOT NULL,
    "name" TEXT,
    "partition" TEXT NOT NULL DEFAULT 'aws',
    "origin" TEXT NOT NULL,
    "role_arn" TEXT,
    "external_id" TEXT,
    "regions" TEXT[],
    "default_environment" TEXT,
    "default_owner_id" INTEGER,
    "read_costs" BOOLEAN NOT NULL DEFAULT true,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "aws_account_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "id" SERIAL NOT NULL,
    "trigger" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "phase" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "error" TEXT,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "requests" JSONB NOT NULL DEFAULT '{}',
    "aws_charges_usd" DECIMAL(38,18) NOT NULL DEFAULT 0,

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_outcome" (
    "run_id" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "item_count" INTEGER NOT NULL DEFAULT 0,
    "expected_count" INTEGER,
    "request_count" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "message" TEXT,
    "way_out" TEXT,
    "failures" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "sync_outcome_pkey" PRIMARY KEY ("run_id","source","account_id","region")
);

-- CreateTable
CREATE TABLE "scope_state" (
    "source" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "last_status" TEXT NOT NULL,
    "last_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "last_read_at" TIMESTAMPTZ(3),
    "last_complete_at" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "message" TEXT,
    "way_out" TEXT,
    "last_run_id" INTEGER,

    CONSTRAINT "scope_state_pkey" PRIMARY KEY ("source","account_id","region")
);

-- CreateTable
CREATE TABLE "broker" (
    "id" SERIAL NOT NULL,
    "arn" TEXT NOT NULL,
    "broker_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "engine_version" TEXT,
    "engine_line" TEXT,
    "engine_version_parts" INTEGER[],
    "deployment_mode" TEXT,
    "instance_type" TEXT,
    "state" TEXT NOT NULL,
    "aws_created_at" TIMESTAMPTZ(3),
    "auto_minor_version_upgrade" BOOLEAN,
    "publicly_accessible" BOOLEAN,
    "storage_type" TEXT,
    "attributes" JSONB NOT NULL,
    "tags" JSONB NOT NULL DEFAULT '{}',
    "payload_hash" TEXT,
    "attribute_observed_at" JSONB NOT NULL DEFAULT '{}',
    "described_until" TIMESTAMPTZ(3),
    "description_failure" TEXT,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "gone_at" TIMESTAMPTZ(3),
    "environment" TEXT NOT NULL,
    "environment_source" TEXT NOT NULL,
    "counts_as_production" BOOLEAN NOT NULL,
    "owner_id" INTEGER,
    "owner_source" TEXT NOT NULL,
    "support_status" TEXT NOT NULL DEFAULT 'unknown',
    "support_stage" TEXT,
    "end_of_support" DATE,
    "open_findings" INTEGER NOT NULL DEFAULT 0,
    "worst_severity" INTEGER NOT NULL DEFAULT 0,
    "monthly_cost" DECIMAL(38,18),
    "cost_currency" TEXT,
    "cost_basis" TEXT,
    "rule_results" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "broker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "broker_payload" (
    "broker_id" INTEGER NOT NULL,
    "payload" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "broker_payload_pkey" PRIMARY KEY ("broker_id")
);

-- CreateTable
CREATE TABLE "broker_change" (
    "id" BIGSERIAL NOT NULL,
    "broker_id" INTEGER NOT NULL,
    "attribute" TEXT NOT NULL,
    "old_value" JSONB,
    "new_value" JSONB,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "previous_observed_at" TIMESTAMPTZ(3),
    "run_id" INTEGER,

    CONSTRAINT "broker_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "configuration_revision" (
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "configuration_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "engine" TEXT,
    "revision_created_at" TIMESTAMPTZ(3),
    "description" TEXT,
    "data" TEXT NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "configuration_revision_pkey" PRIMARY KEY ("account_id","region","configuration_id","revision")
);

-- CreateTable
CREATE TABLE "engine_offer" (
    "region" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "engine_offer_pkey" PRIMARY KEY ("region","kind","key")
);

-- CreateTable
CREATE TABLE "cost_day" (
    "account_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "reported_by" TEXT NOT NULL,
    "usage_type" TEXT NOT NULL,
    "record_type" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "unblended" DECIMAL(38,18) NOT NULL,
    "amortized" DECIMAL(38,18),
    "usage_quantity" DECIMAL(38,18),
    "usage_unit" TEXT,
    "estimated" BOOLEAN NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cost_day_pkey" PRIMARY KEY ("account_id","day","source","reported_by","usage_type","record_type","currency")
);

-- CreateTable
CREATE TABLE "cost_coverage" (
    "reported_by" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "accounts" TEXT[],
    "from_day" DATE NOT NULL,
    "until_day" DATE NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cost_coverage_pkey" PRIMARY KEY ("reported_by","source")
);

-- CreateTable
CREATE TABLE "cost_resource_month" (
    "account_id" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "reported_by" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "usage_type" TEXT NOT NULL,
    "record_type" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amounts" DECIMAL(38,18)[],

    CONSTRAINT "cost_resource_month_pkey" PRIMARY KEY ("account_id","month","source","reported_by","resource_id","usage_type","record_type","currency")
);

-- CreateTable
CREATE TABLE "broker_cost_month" (
    "broker_id" INTEGER NOT NULL,
    "month" DATE NOT NULL,
    "component" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "amounts" DECIMAL(38,18)[],

    CONSTRAINT "broker_cost_month_pkey" PRIMARY KEY ("broker_id","month","component","currency","basis","method")
);

-- CreateTable
CREATE TABLE "cost_allocation_day" (
    "account_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "currency" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "reported_by" TEXT NOT NULL,
    "billed" DECIMAL(38,18) NOT NULL,
    "allocated" DECIMAL(38,18) NOT NULL,
    "ambiguous" DECIMAL(38,18) NOT NULL,
    "unallocated" DECIMAL(38,18) NOT NULL,
    "unplaced" JSONB NOT NULL DEFAULT '[]',
    "estimated" BOOLEAN NOT NULL,
    "inputs_hash" TEXT NOT NULL,

    CONSTRAINT "cost_allocation_day_pkey" PRIMARY KEY ("account_id","day","currency")
);

-- CreateTable
CREATE TABLE "cost_other_day" (
    "account_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "record_type" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "unblended" DECIMAL(38,18) NOT NULL,
    "estimated" BOOLEAN NOT NULL,

    CONSTRAINT "cost_other_day_pkey" PRIMARY KEY ("account_id","day","record_type","currency")
);

-- CreateTable
CREATE TABLE "cost_rollup_month" (
    "level" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "component" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "total" DECIMAL(38,18) NOT NULL,
    "amounts" DECIMAL(38,18)[],
    "ambiguous" DECIMAL(38,18)[],
    "ambiguous_total" DECIMAL(38,18) NOT NULL,

    CONSTRAINT "cost_rollup_month_pkey" PRIMARY KEY ("level","month","account_id","region","engine","environment","owner","component","currency")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" SERIAL NOT NULL,
    "rule_id" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_key" TEXT NOT NULL,
    "discriminator" TEXT NOT NULL DEFAULT '',
    "broker_id" INTEGER,
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "owner_id" INTEGER,
    "severity" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "close_cause" TEXT,
    "first_opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "due_on" DATE,
    "episode_count" INTEGER NOT NULL DEFAULT 1,
    "recurring" BOOLEAN NOT NULL DEFAULT false,
    "summary" TEXT NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_episode" (
    "id" SERIAL NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "severity" INTEGER NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_after" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closed_after" TIMESTAMPTZ(3),
    "close_cause" TEXT,
    "rule_version" INTEGER NOT NULL,
    "owner_id_at_open" INTEGER,
    "environment_at_open" TEXT NOT NULL,
    "recurring" BOOLEAN NOT NULL DEFAULT false,
    "flaps" INTEGER NOT NULL DEFAULT 0,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "observed_hash" TEXT,
    "policy_hash" TEXT NOT NULL,

    CONSTRAINT "finding_episode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_event" (
    "id" BIGSERIAL NOT NULL,
    "episode_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "note" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "run_id" INTEGER,

    CONSTRAINT "finding_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kpi_snapshot" (
    "day" DATE NOT NULL,
    "kpi_id" TEXT NOT NULL,
    "series" TEXT NOT NULL DEFAULT '',
    "dimension" TEXT NOT NULL,
    "key" TEXT NOT NULL DEFAULT '',
    "kpi_version" INTEGER NOT NULL,
    "value" DECIMAL(38,18),
    "numerator" DECIMAL(38,18),
    "denominator" DECIMAL(38,18),
    "unknowns" INTEGER NOT NULL DEFAULT 0,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "as_of" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "kpi_snapshot_pkey" PRIMARY KEY ("kpi_id","dimension","key","series","day")
);

-- CreateTable
CREATE TABLE "owner" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "email" TEXT,
    "chat_handle" TEXT,
    "aliases" TEXT[],
    "verified" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "owner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "owner_assignment" (
    "id" SERIAL NOT NULL,
    "broker_arn" TEXT NOT NULL,
    "owner_id" INTEGER NOT NULL,
    "assigned_at" TIMESTAMPTZ(3) NOT NULL,
    "assigned_by" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "owner_assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "permission" TEXT,
    "subject_type" TEXT NOT NULL,
    "subject_key" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT,
    "remote" TEXT,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "business_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "instant" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "business_clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_version" (
    "name" TEXT NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "data_version_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "sync_run_started_at_idx" ON "sync_run"("started_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "broker_arn_key" ON "broker"("arn");

-- CreateIndex
CREATE INDEX "broker_broker_id_idx" ON "broker"("broker_id");

-- CreateIndex
CREATE INDEX "broker_account_id_region_idx" ON "broker"("account_id", "region");

-- CreateIndex
CREATE INDEX "broker_owner_id_idx" ON "broker"("owner_id");

-- CreateIndex
CREATE INDEX "broker_name_idx" ON "broker"("name");

-- CreateIndex
CREATE INDEX "broker_gone_at_idx" ON "broker"("gone_at");

-- CreateIndex
CREATE INDEX "broker_change_broker_id_observed_at_idx" ON "broker_change"("broker_id", "observed_at" DESC);

-- CreateIndex
CREATE INDEX "broker_change_observed_at_idx" ON "broker_change"("observed_at" DESC);

-- CreateIndex
CREATE INDEX "cost_day_reported_by_source_day_idx" ON "cost_day"("reported_by", "source", "day");

-- CreateIndex
CREATE INDEX "broker_cost_month_month_idx" ON "broker_cost_month"("month");

-- CreateIndex
CREATE INDEX "cost_allocation_day_day_idx" ON "cost_allocation_day"("day");

-- CreateIndex
CREATE INDEX "cost_allocation_day_estimated_day_idx" ON "cost_allocation_day"("estimated", "day");

-- CreateIndex
CREATE INDEX "cost_other_day_day_idx" ON "cost_other_day"("day");

-- CreateIndex
CREATE INDEX "cost_rollup_month_level_owner_month_idx" ON "cost_rollup_month"("level", "owner", "month");

-- CreateIndex
CREATE INDEX "finding_broker_id_idx" ON "finding"("broker_id");

-- CreateIndex
CREATE INDEX "finding_state_severity_idx" ON "finding"("state", "severity");

-- CreateIndex
CREATE INDEX "finding_owner_id_state_idx" ON "finding"("owner_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "finding_rule_id_subject_key_discriminator_key" ON "finding"("rule_id", "subject_key", "discriminator");

-- CreateIndex
CREATE INDEX "finding_episode_closed_at_idx" ON "finding_episode"("closed_at");

-- CreateIndex
CREATE INDEX "finding_episode_opened_at_idx" ON "finding_episode"("opened_at");

-- CreateIndex
CREATE UNIQUE INDEX "finding_episode_finding_id_number_key" ON "finding_episode"("finding_id", "number");

-- CreateIndex
CREATE INDEX "finding_event_episode_id_at_idx" ON "finding_event"("episode_id", "at");

-- CreateIndex
CREATE INDEX "finding_event_at_idx" ON "finding_event"("at" DESC);

-- CreateIndex
CREATE INDEX "kpi_snapshot_day_idx" ON "kpi_snapshot"("day");

-- CreateIndex
CREATE UNIQUE INDEX "owner_key_key" ON "owner"("key");

-- CreateIndex
CREATE INDEX "owner_assignment_broker_arn_idx" ON "owner_assignment"("broker_arn");

-- CreateIndex
CREATE INDEX "audit_event_at_idx" ON "audit_event"("at" DESC);

-- AddForeignKey
ALTER TABLE "aws_account" ADD CONSTRAINT "aws_account_default_owner_id_fkey" FOREIGN KEY ("default_owner_id") REFERENCES "owner"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_outcome" ADD CONSTRAINT "sync_outcome_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "sync_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broker" ADD CONSTRAINT "broker_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broker_payload" ADD CONSTRAINT "broker_payload_broker_id_fkey" FOREIGN KEY ("broker_id") REFERENCES "broker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broker_change" ADD CONSTRAINT "broker_change_broker_id_fkey" FOREIGN KEY ("broker_id") REFERENCES "broker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_broker_id_fkey" FOREIGN KEY ("broker_id") REFERENCES "broker"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_episode" ADD CONSTRAINT "finding_episode_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "finding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_event" ADD CONSTRAINT "finding_event_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "finding_episode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "owner_assignment" ADD CONSTRAINT "owner_assignment_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
