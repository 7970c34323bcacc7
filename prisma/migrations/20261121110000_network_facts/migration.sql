-- CreateTable
CREATE TABLE "network_subnet" (
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "subnet_id" TEXT NOT NULL,
    "zone_id" TEXT,
    "zone_name" TEXT,
    "vpc_id" TEXT,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "network_subnet_pkey" PRIMARY KEY ("account_id","region","subnet_id")
);

-- CreateTable
CREATE TABLE "network_security_group" (
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "group_id" TEXT NOT NULL,
    "name" TEXT,
    "vpc_id" TEXT,
    "ingress" JSONB NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "network_security_group_pkey" PRIMARY KEY ("account_id","region","group_id")
);
