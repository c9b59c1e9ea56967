insert into holdpoint.effect (target, repository_id, kind, desired, updated_at) values
  ('note:1:told', 1, 'note', '{"kind": "note"}', '2026-01-01T00:00:00Z');
