insert into holdpoint.turn (kind, key, asked, not_before) values
  ('look', 'deploy:1', nextval('holdpoint.ask'), null),
  ('effect', 'status:1:a:x', nextval('holdpoint.ask'), '2026-01-01T00:00:00Z');
insert into holdpoint.parked_job (id, kind, key, data, retries, last_error, parked_at) values
  ('00000000-0000-4000-8000-000000000001', 'delivery', 'jira:1', '{"id": "jira:1"}', 7, 'cannot be digested', '2026-01-01T00:00:00Z');
