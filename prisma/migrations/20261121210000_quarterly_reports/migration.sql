-- CreateTable
CREATE TABLE "quarterly_report" (
    "id" SERIAL NOT NULL,
    "quarter" TEXT NOT NULL,
    "start_on" DATE NOT NULL,
    "end_exclusive" DATE NOT NULL,
    "scope" TEXT NOT NULL,
    "scope_key" TEXT NOT NULL DEFAULT '',
    "scope_label" TEXT NOT NULL,
    "owner_id" INTEGER,
    "number" INTEGER NOT NULL,
    "stage" TEXT NOT NULL,
    "reason" TEXT,
    "open" TEXT[],
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "computed_by" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "figures_sha256" TEXT NOT NULL,
    "lists" BYTEA NOT NULL,

    CONSTRAINT "quarterly_report_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "quarterly_report_computed_at_idx" ON "quarterly_report"("computed_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "quarterly_report_start_on_end_exclusive_scope_scope_key_num_key" ON "quarterly_report"("start_on", "end_exclusive", "scope", "scope_key", "number");

-- A report is frozen: what was handed out once can be handed out again, and nothing else.
CREATE TRIGGER quarterly_report_append_only BEFORE UPDATE OR DELETE ON quarterly_report
  FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER quarterly_report_no_truncate BEFORE TRUNCATE ON quarterly_report
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
-- It is gzip already.
ALTER TABLE quarterly_report ALTER COLUMN lists SET STORAGE EXTERNAL;
