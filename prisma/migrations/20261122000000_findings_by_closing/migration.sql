-- What is closed, in the order in which lists show it: the latest first. It serves as well where only "closed" is asked.
DROP INDEX finding_closed;
CREATE INDEX finding_closed_at ON finding (COALESCE(closed_at, 'infinity'::timestamptz), id) WHERE state = 'closed';
