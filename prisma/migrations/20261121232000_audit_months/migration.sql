-- Months of the audit that are over: how many events, their hash, and the chain of hashes. Rows of a month may be dropped once they are exported.
CREATE TABLE "audit_month" (
    "month" DATE NOT NULL,
    "events" INTEGER NOT NULL,
    "last_event_id" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "chain" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "file" TEXT,
    "dropped_at" TIMESTAMPTZ(3),
    CONSTRAINT "audit_month_pkey" PRIMARY KEY ("month")
);

-- A seal is never changed but once: when its month was exported and dropped.
CREATE FUNCTION refuse_resealing() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.dropped_at IS NULL AND NEW.dropped_at IS NOT NULL
     AND (OLD.month, OLD.events, OLD.last_event_id, OLD.sha256, OLD.chain, OLD.sealed_at)
       = (NEW.month, NEW.events, NEW.last_event_id, NEW.sha256, NEW.chain, NEW.sealed_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END;
$$;
CREATE TRIGGER audit_month_append_only BEFORE UPDATE OR DELETE ON audit_month
  FOR EACH ROW EXECUTE FUNCTION refuse_resealing();
CREATE TRIGGER audit_month_no_truncate BEFORE TRUNCATE ON audit_month
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
