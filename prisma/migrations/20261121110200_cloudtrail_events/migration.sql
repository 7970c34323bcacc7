-- CreateTable
CREATE TABLE "cloudtrail_event" (
    "event_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "name" TEXT NOT NULL,
    "actor" TEXT,
    "actor_arn" TEXT,
    "source_ip" TEXT,
    "broker_id" TEXT,
    "configuration_id" TEXT,
    "summary" JSONB NOT NULL DEFAULT '{}',
    "error_code" TEXT,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cloudtrail_event_pkey" PRIMARY KEY ("event_id")
);

-- CreateIndex
CREATE INDEX "cloudtrail_event_account_id_region_broker_id_at_idx" ON "cloudtrail_event"("account_id", "region", "broker_id", "at" DESC);

-- CreateIndex
CREATE INDEX "cloudtrail_event_at_idx" ON "cloudtrail_event"("at" DESC);
