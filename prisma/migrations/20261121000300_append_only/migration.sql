-- Append-only tables: what happened is never rewritten. An auditor can rely on it because the database refuses, not because the code is careful.
CREATE FUNCTION refuse_rewriting() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END;
$$;

CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

CREATE TRIGGER finding_event_append_only BEFORE UPDATE OR DELETE ON finding_event
  FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER finding_event_no_truncate BEFORE TRUNCATE ON finding_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

-- At most one sync runs at a time; whoever comes second joins it. The guard is here because two processes can start one in the same millisecond.
CREATE UNIQUE INDEX sync_run_one_running ON sync_run ((true)) WHERE status = 'running';

-- At most one assignment of an owner is open per broker.
CREATE UNIQUE INDEX owner_assignment_one_open ON owner_assignment (broker_arn) WHERE ended_at IS NULL;
