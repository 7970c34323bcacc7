CREATE TABLE "notification_channel" (
  "id" SERIAL PRIMARY KEY,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "enabled" BOOLEAN NOT NULL DEFAULT true,
  "settings" JSONB NOT NULL DEFAULT '{}',
  "secrets" JSONB NOT NULL DEFAULT '{}',
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_by" TEXT NOT NULL,
  "removed_at" TIMESTAMPTZ(3)
);

CREATE TABLE "notification_rule" (
  "id" SERIAL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "enabled" BOOLEAN NOT NULL DEFAULT true,
  "kinds" TEXT[] NOT NULL,
  "least_severity" INTEGER NOT NULL,
  "audiences" TEXT[] NOT NULL,
  "delivery" TEXT NOT NULL,
  "channel_ids" INTEGER[] NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_by" TEXT NOT NULL
);

CREATE TABLE "notification_event" (
  "id" BIGSERIAL PRIMARY KEY,
  "key" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "severity" INTEGER NOT NULL,
  "owner_id" INTEGER REFERENCES "owner"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  "finding_id" INTEGER,
  "facts" JSONB NOT NULL DEFAULT '{}',
  "occurred_at" TIMESTAMPTZ(3) NOT NULL,
  "routed_at" TIMESTAMPTZ(3)
);
CREATE UNIQUE INDEX "notification_event_key_key" ON "notification_event"("key");
CREATE INDEX "notification_event_finding_id_idx" ON "notification_event"("finding_id");
CREATE INDEX "notification_event_unrouted" ON "notification_event"("id") WHERE "routed_at" IS NULL;

CREATE TABLE "notification_message" (
  "id" BIGSERIAL PRIMARY KEY,
  "channel_id" INTEGER NOT NULL REFERENCES "notification_channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "recipient" TEXT NOT NULL,
  "recipient_name" TEXT NOT NULL DEFAULT '',
  "person_id" TEXT REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  "batch_key" TEXT NOT NULL,
  "delivery" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'queued',
  "severity" INTEGER NOT NULL,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "next_attempt_at" TIMESTAMPTZ(3),
  "claim" TEXT,
  "claimed_at" TIMESTAMPTZ(3),
  "sent_at" TIMESTAMPTZ(3),
  "last_error" TEXT,
  "idempotency_key" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL
);
CREATE UNIQUE INDEX "notification_message_channel_id_recipient_batch_key_key" ON "notification_message"("channel_id", "recipient", "batch_key");
CREATE INDEX "notification_message_waiting" ON "notification_message"("due_at", "id") WHERE "state" = 'queued';
CREATE INDEX "notification_message_claimed" ON "notification_message"("id") WHERE "state" = 'sending';
CREATE INDEX "notification_message_state_id_idx" ON "notification_message"("state", "id" DESC);

CREATE TABLE "notification_delivery" (
  "event_id" BIGINT NOT NULL REFERENCES "notification_event"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "channel_id" INTEGER NOT NULL REFERENCES "notification_channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "recipient" TEXT NOT NULL,
  "message_id" BIGINT NOT NULL REFERENCES "notification_message"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "reason" TEXT NOT NULL DEFAULT '',
  PRIMARY KEY ("event_id", "channel_id", "recipient")
);
CREATE INDEX "notification_delivery_message_id_idx" ON "notification_delivery"("message_id");

CREATE TABLE "notification_mark" (
  "name" TEXT PRIMARY KEY,
  "value" BIGINT NOT NULL
);

CREATE TABLE "notification_acknowledgement" (
  "id" TEXT PRIMARY KEY,
  "message_id" BIGINT NOT NULL REFERENCES "notification_message"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "person_id" TEXT NOT NULL REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "finding_ids" INTEGER[] NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3)
);
CREATE UNIQUE INDEX "notification_acknowledgement_message_id_key" ON "notification_acknowledgement"("message_id");

-- Routing before anybody changed it: digests, and what is critical at once.
INSERT INTO "notification_rule" ("name", "kinds", "least_severity", "audiences", "delivery", "channel_ids", "updated_at", "updated_by") VALUES
  ('Critical, at once', '{end-of-support,critical-cve,non-compliant-broker,finding-assigned,sla-breached,sync-failed}', 4, '{owner,platform}', 'at-once', '{}', '2026-11-21T00:00:00Z', 'system:default'),
  ('Owners: daily digest', '{end-of-support,critical-cve,non-compliant-broker,finding-assigned,sla-near,sla-breached,acceptance-expiring,acceptance-expired}', 1, '{owner}', 'daily', '{}', '2026-11-21T00:00:00Z', 'system:default'),
  ('Platform team: daily digest', '{end-of-support,critical-cve,sla-breached,not-acknowledged,sync-failed}', 3, '{platform}', 'daily', '{}', '2026-11-21T00:00:00Z', 'system:default'),
  ('Platform team: weekly digest', '{end-of-support,non-compliant-broker,acceptance-expired,sync-failed}', 1, '{platform}', 'weekly', '{}', '2026-11-21T00:00:00Z', 'system:default'),
  ('FinOps: daily digest', '{cost-anomaly}', 1, '{finops}', 'daily', '{}', '2026-11-21T00:00:00Z', 'system:default'),
  ('Managers: escalations and reports', '{not-acknowledged,report-ready}', 1, '{manager}', 'daily', '{}', '2026-11-21T00:00:00Z', 'system:default'),
  ('Owners: reports of their team', '{report-ready}', 1, '{owner}', 'daily', '{}', '2026-11-21T00:00:00Z', 'system:default');
