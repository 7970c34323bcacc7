-- CreateTable
CREATE TABLE "health_event" (
    "account_id" TEXT NOT NULL,
    "arn" TEXT NOT NULL,
    "type_code" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "region" TEXT,
    "start_at" TIMESTAMPTZ(3),
    "end_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3),
    "status" TEXT,
    "entities" TEXT[],
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "health_event_pkey" PRIMARY KEY ("account_id","arn")
);
