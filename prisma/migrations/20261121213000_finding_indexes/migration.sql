-- Lists look at what is not closed, or at what is: each of them without the other half of the table.
DROP INDEX "finding_state_severity_idx";
CREATE INDEX finding_live ON finding (id) WHERE state <> 'closed';
CREATE INDEX finding_closed ON finding (id) WHERE state = 'closed';
