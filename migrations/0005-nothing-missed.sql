-- Nothing is missed: what events are heard for, what was seen last, and what others posted under our names.

-- What the policy that was last read wants to hear of, so that an event that can change nothing asks for no look.
create table holdpoint.watch (
  repository_id      bigint primary key references holdpoint.repository (id),
  -- false: there is no policy in force, and nothing is posted.
  governed           boolean not null,
  trunk              text not null,
  deploy_branch      text not null,
  base_branches      text[] not null,
  -- Environments whose newest successful deployment is a base.
  base_environments  text[] not null,
  required_checks    boolean not null,
  deferred_checks    boolean not null,
  -- The labels of compliance issues and of halts.
  labels             text[] not null,
  updated_at         timestamptz not null
);

-- What a reconciliation saw of GitHub last; what differs the next time is looked at again.
create table holdpoint.sight (
  repository_id  bigint primary key references holdpoint.repository (id),
  sight          jsonb not null,
  seen_at        timestamptz not null
);

-- How many looks in a row, each by itself, could not read something: the pause before the next grows with it.
alter table holdpoint.subject add column pauses integer not null default 0;

-- How often somebody else's status took the place of ours within the hour that began then.
alter table holdpoint.effect add column forgeries integer not null default 0;
alter table holdpoint.effect add column forged_since timestamptz;
