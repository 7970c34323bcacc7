-- CreateTable
CREATE TABLE "list_price" (
    "sku" TEXT NOT NULL,
    "rate_code" TEXT NOT NULL,
    "effective_date" DATE NOT NULL,
    "product_family" TEXT,
    "region" TEXT,
    "engine" TEXT,
    "deployment_option" TEXT,
    "instance_type" TEXT,
    "usage_type" TEXT,
    "unit" TEXT NOT NULL,
    "price" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "published_on" DATE,
    "source" TEXT NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "list_price_pkey" PRIMARY KEY ("sku","rate_code","effective_date","currency")
);
