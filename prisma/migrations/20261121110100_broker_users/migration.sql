-- CreateTable
CREATE TABLE "broker_user" (
    "broker_id" INTEGER NOT NULL,
    "username" TEXT NOT NULL,
    "console_access" BOOLEAN,
    "groups" TEXT[],
    "replication_user" BOOLEAN,
    "pending_change" TEXT,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "broker_user_pkey" PRIMARY KEY ("broker_id","username")
);

-- AddForeignKey
ALTER TABLE "broker_user" ADD CONSTRAINT "broker_user_broker_id_fkey" FOREIGN KEY ("broker_id") REFERENCES "broker"("id") ON DELETE CASCADE ON UPDATE CASCADE;
