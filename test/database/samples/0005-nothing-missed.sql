insert into holdpoint.watch
  (repository_id, governed, trunk, deploy_branch, base_branches, base_environments, required_checks, deferred_checks, labels, updated_at) values
  (1, true, 'main', 'deploy', '{production}', '{staging}', true, true, '{deferred-compliance,deploy-halt}', '2026-01-01T00:00:00Z');
insert into holdpoint.sight (repository_id, sight, seen_at) values (1, '{"branches": {"main": "a"}}', '2026-01-01T00:00:00Z');
