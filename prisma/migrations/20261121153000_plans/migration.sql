-- CreateTable
CREATE TABLE "plan" (
    "id" SERIAL NOT NULL,
    "broker_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "goal" JSONB NOT NULL DEFAULT '{}',
    "note" TEXT NOT NULL DEFAULT '',
    "notes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_step" (
    "id" SERIAL NOT NULL,
    "plan_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "effort_hours" DOUBLE PRECISION NOT NULL,
    "spec" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "observable" BOOLEAN NOT NULL,
    "planned_on" DATE,
    "window_at" TIMESTAMPTZ(3),
    "assignee" TEXT,
    "done_at" TIMESTAMPTZ(3),
    "done_by" TEXT,
    "done_basis" TEXT,
    "done_note" TEXT,

    CONSTRAINT "plan_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_event" (
    "id" BIGSERIAL NOT NULL,
    "plan_id" INTEGER NOT NULL,
    "step_id" INTEGER,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "person_id" TEXT,
    "note" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "run_id" INTEGER,

    CONSTRAINT "plan_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "plan_broker_id_idx" ON "plan"("broker_id");

-- CreateIndex
CREATE UNIQUE INDEX "plan_step_plan_id_key_key" ON "plan_step"("plan_id", "key");

-- CreateIndex
CREATE INDEX "plan_event_plan_id_at_idx" ON "plan_event"("plan_id", "at");

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_broker_id_fkey" FOREIGN KEY ("broker_id") REFERENCES "broker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_step" ADD CONSTRAINT "plan_step_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_event" ADD CONSTRAINT "plan_event_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A broker has one plan at a time: what has to be done about it stands in one place.
CREATE UNIQUE INDEX "plan_one_active" ON "plan" ("broker_id") WHERE "state" = 'active';
-- What every evaluation looks at: steps that a sync can see to be done.
CREATE INDEX "plan_step_observable" ON "plan_step" ("plan_id") WHERE "state" = 'open' AND "observable";
CREATE INDEX "finding_episode_plan" ON "finding_episode" ("plan_id") WHERE "plan_id" IS NOT NULL;
CREATE TRIGGER plan_event_append_only BEFORE UPDATE OR DELETE ON plan_event
  FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER plan_event_no_truncate BEFORE TRUNCATE ON plan_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
