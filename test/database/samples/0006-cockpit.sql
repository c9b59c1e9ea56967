insert into holdpoint.sign_in (state_hash, browser_hash, verifier, return_to, ends_at) values
  ('\x01', '\x02', '\x03', '/acme/storefront', '2026-01-01T00:10:00Z');
insert into holdpoint.session (id_hash, user_id, login, access_token, began_at, seen_at, ends_at) values
  ('\x0a', 1, 'octocat', '\x0b', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-08T00:00:00Z');
insert into holdpoint.session_right (id_hash, repository_id, permission) values ('\x0a', 1, 'admin');
insert into holdpoint.request (repository_id, by_id, by_login, wish, asked_at) values
  (1, 1, 'octocat', '{"kind": "check"}', '2026-01-01T00:00:00Z');
insert into holdpoint.attached_ticket (repository_id, sha, ticket_key, because, by_id, by_login, attached_at) values
  (1, 'a', 'PLAY-1', 'it is that work', 1, 'octocat', '2026-01-01T00:00:00Z');
insert into holdpoint.deploy_contents (repository_id, environment, head, contents, read_at) values
  (1, 'production', 'a', '{}', '2026-01-01T00:00:00Z');
insert into holdpoint.check_track (repository_id, check_key, track, read_at) values (1, 'k', '[]', '2026-01-01T00:00:00Z');
insert into holdpoint.deploy (repository_id, environment, sha, at) values (1, 'production', 'a', '2026-01-01T00:00:00Z');
