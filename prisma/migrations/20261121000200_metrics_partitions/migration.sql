-- CloudWatch metrics, in a schema of their own that Prisma does not manage: partitioned tables of arrays, one row per series and month or day.
-- lib/db/metric-partitions.ts makes the partitions ahead of time and drops those that expired; a row outside of them is refused.
CREATE SCHEMA metrics;

-- Daily values of a month, read at most 13 months back. values[i] is day i of the month; NULL: no data (never zero).
CREATE TABLE metrics.daily (
    broker_id integer NOT NULL,
    metric text NOT NULL,
    -- Part of the broker: '' the whole broker, '1' and '2' the instances of ActiveMQ, else a RabbitMQ node's name.
    dimension text NOT NULL,
    stat text NOT NULL,
    -- First day of the month.
    month date NOT NULL,
    values double precision[] NOT NULL,
    CONSTRAINT daily_pkey PRIMARY KEY (broker_id, metric, dimension, stat, month),
    CONSTRAINT daily_month_start CHECK (extract(day FROM month) = 1),
    CONSTRAINT daily_values_length CHECK (cardinality(values) BETWEEN 28 AND 31)
) PARTITION BY RANGE (month);

-- Hourly values of a UTC day, kept 15 days. values[i] is the hour beginning at i - 1 o'clock; NULL: no data.
CREATE TABLE metrics.hourly (
    broker_id integer NOT NULL,
    metric text NOT NULL,
    dimension text NOT NULL,
    stat text NOT NULL,
    day date NOT NULL,
    values double precision[] NOT NULL,
    CONSTRAINT hourly_pkey PRIMARY KEY (broker_id, metric, dimension, stat, day),
    CONSTRAINT hourly_values_length CHECK (cardinality(values) = 24)
) PARTITION BY RANGE (day);
