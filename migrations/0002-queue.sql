-- What the queue keeps beside pg-boss's own schema. See src/queue/turns.ts for how a turn works.

create sequence holdpoint.ask;

-- One row for each key that has a job queued, waiting for its retry or active.
create table holdpoint.turn (
  kind        text not null,
  key         text not null,
  -- The newest time that somebody asked for this key, as a number that only grows.
  asked       bigint not null,
  -- After a failure: not to be tried before.
  not_before  timestamptz,
  primary key (kind, key)
);

-- Jobs that failed for good; one for each key, the newest.
create table holdpoint.parked_job (
  id          uuid primary key,
  kind        text not null,
  key         text not null,
  data        jsonb not null,
  retries     integer not null,
  last_error  text not null,
  parked_at   timestamptz not null,
  unique (kind, key)
);
create index parked_job_at on holdpoint.parked_job (parked_at);
