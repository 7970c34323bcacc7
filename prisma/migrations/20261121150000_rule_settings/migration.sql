-- CreateTable
CREATE TABLE "rule_setting" (
    "rule_id" TEXT NOT NULL,
    "environment" TEXT NOT NULL DEFAULT '',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "severity" TEXT,
    "thresholds" JSONB NOT NULL DEFAULT '{}',
    "reason" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "rule_setting_pkey" PRIMARY KEY ("rule_id","environment")
);
