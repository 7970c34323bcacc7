-- CreateTable
CREATE TABLE "campaign" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "goal" TEXT NOT NULL,
    "selection" JSONB NOT NULL,
    "stages" JSONB NOT NULL,
    "deadline" DATE NOT NULL,
    "started_on" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "cancelled_by" TEXT,
    "cancel_reason" TEXT,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_event" (
    "id" BIGSERIAL NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "person_id" TEXT,
    "note" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "campaign_event_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "plan" ADD COLUMN "campaign_id" INTEGER,
ADD COLUMN "campaign_stage" TEXT;

-- CreateIndex
CREATE INDEX "campaign_event_campaign_id_at_idx" ON "campaign_event"("campaign_id", "at");

-- CreateIndex
CREATE INDEX "plan_campaign_id_idx" ON "plan"("campaign_id");

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_event" ADD CONSTRAINT "campaign_event_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TRIGGER campaign_event_append_only BEFORE UPDATE OR DELETE ON campaign_event
  FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER campaign_event_no_truncate BEFORE TRUNCATE ON campaign_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
