-- What people decide about findings, due days that acceptances move, and replacements of brokers that a person confirmed.
ALTER TABLE "finding" ADD COLUMN     "accepted_until" TIMESTAMPTZ(3),
ADD COLUMN     "assignee" TEXT,
ADD COLUMN     "due_moved" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "fix_claimed_at" TIMESTAMPTZ(3),
ADD COLUMN     "target_on" DATE;

ALTER TABLE "finding_episode" ADD COLUMN     "decisions" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "due_base_on" DATE,
ADD COLUMN     "due_moved_days" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "due_on" DATE,
ADD COLUMN     "moved_to_broker_id" INTEGER,
ADD COLUMN     "plan_id" INTEGER;

ALTER TABLE "finding_event" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'transition',
ADD COLUMN     "person_id" TEXT;

CREATE TABLE "broker_replacement" (
    "id" SERIAL NOT NULL,
    "old_broker_id" INTEGER NOT NULL,
    "new_broker_id" INTEGER NOT NULL,
    "basis" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by" TEXT NOT NULL,
    "confirmed_by_id" TEXT,
    "settled_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" TEXT,

    CONSTRAINT "broker_replacement_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "broker_replacement_new_broker_id_idx" ON "broker_replacement"("new_broker_id");
CREATE INDEX "broker_replacement_old_broker_id_idx" ON "broker_replacement"("old_broker_id");

ALTER TABLE "broker_replacement" ADD CONSTRAINT "broker_replacement_old_broker_id_fkey" FOREIGN KEY ("old_broker_id") REFERENCES "broker"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "broker_replacement" ADD CONSTRAINT "broker_replacement_new_broker_id_fkey" FOREIGN KEY ("new_broker_id") REFERENCES "broker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A broker has one confirmed replacement at most.
CREATE UNIQUE INDEX broker_replacement_one_standing ON broker_replacement (old_broker_id) WHERE withdrawn_at IS NULL;

-- Due days of what was there before: by severity from the start, and for the latest episode the one that was kept.
UPDATE finding_episode e SET due_base_on = COALESCE(
  (SELECT f.due_on FROM finding f WHERE f.id = e.finding_id AND f.episode_count = e.number),
  (e.opened_at AT TIME ZONE 'UTC')::date + CASE e.severity WHEN 4 THEN 7 WHEN 3 THEN 30 WHEN 2 THEN 90 ELSE 180 END);
UPDATE finding_episode SET due_on = due_base_on;
