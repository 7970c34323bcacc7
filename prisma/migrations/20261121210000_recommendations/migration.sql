-- CreateTable
CREATE TABLE "cost_recommendation" (
    "id" SERIAL NOT NULL,
    "broker_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "nature" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_detail" JSONB NOT NULL,
    "detail" JSONB NOT NULL,
    "monthly" DECIMAL(38,18),
    "currency" TEXT,
    "confidence" TEXT NOT NULL,
    "counted" BOOLEAN NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_cause" TEXT,
    "ended_by" TEXT,
    "end_reason" TEXT,
    "dismissed_until" DATE,
    "realised" DECIMAL(38,18),
    "realised_currency" TEXT,
    "realised_detail" JSONB,

    CONSTRAINT "cost_recommendation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recommendation_outcome" (
    "broker_id" INTEGER NOT NULL,
    "outcomes" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recommendation_outcome_pkey" PRIMARY KEY ("broker_id")
);

-- CreateIndex
CREATE INDEX "cost_recommendation_broker_id_kind_idx" ON "cost_recommendation"("broker_id", "kind");

-- CreateIndex
CREATE INDEX "cost_recommendation_ended_at_idx" ON "cost_recommendation"("ended_at");

-- AddForeignKey
ALTER TABLE "cost_recommendation" ADD CONSTRAINT "cost_recommendation_broker_id_fkey" FOREIGN KEY ("broker_id") REFERENCES "broker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recommendation_outcome" ADD CONSTRAINT "recommendation_outcome_broker_id_fkey" FOREIGN KEY ("broker_id") REFERENCES "broker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- At most one open episode per broker and kind. Partial indexes are beyond the schema language.
CREATE UNIQUE INDEX "cost_recommendation_open_key" ON "cost_recommendation"("broker_id", "kind") WHERE "ended_at" IS NULL;
