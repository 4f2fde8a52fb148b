-- Roles and database-wide objects. Run by the superuser, once per database and as often as one likes, before dbmate.
-- Passwords are set elsewhere (`alter role ... password`), never here.

do $$
declare
    wanted record;
begin
    for wanted in
        select
            r.name,
            r.attributes
        from (
            values
                ('anon', 'nologin noinherit'),
                ('authenticated', 'nologin'),
                ('creator', 'nologin'),
                ('advertiser', 'nologin'),
                ('moderator', 'nologin'),
                ('admin', 'nologin'),
                ('gateway', 'nologin noinherit'),
                ('authenticator', 'login noinherit'),
                ('support', 'login'),
                ('worker', 'login bypassrls'),
                ('migrator', 'nologin bypassrls')
        ) as r (name, attributes)
    loop
        if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
            execute format('create role %I', wanted.name);
        end if;
        execute format('alter role %I %s', wanted.name, wanted.attributes);
    end loop;
end
$$;

-- The user roles inherit what authenticated may do; authenticator (noinherit) must switch to a role to use it.
grant authenticated to creator, advertiser, moderator, admin;
grant anon, authenticated, creator, advertiser, moderator, admin, gateway to authenticator; -- noqa: PRS

-- The statistics of views wait for transactions of the gateway that began before.
grant pg_read_all_stats to migrator; -- noqa: PRS

comment on role anon is 'Requests without a token.';
comment on role authenticated is 'Requests of a signed-in user; what the other user roles inherit.';
comment on role creator is 'A verified creator.';
comment on role advertiser is 'A user who buys ads.';
comment on role moderator is 'Staff who decide on reports.';
comment on role admin is 'Staff who run the platform.';
comment on role gateway is 'The gateway''s own errands (sign-in, uploads): functions only. No token may name it.';
comment on role authenticator is 'The gateway''s login. It may do nothing but become one of the request roles.';
comment on role support is 'Support staff in psql.';
comment on role worker is 'The job workers'' login.';
comment on role migrator is 'Owns every schema and object; migrations run as this role.';

-- A role's settings count at login only, so the gateway reads the time limits of anon and authenticated and sets them itself.
alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '5s';
alter role authenticator set statement_timeout = '10s';
alter role authenticator set idle_in_transaction_session_timeout = '15s';
-- Compiling a page's plan costs more than running it.
alter role authenticator set jit = off;
alter role worker set jit = off;
-- Each statement of support staff is in the server's log, where a rollback can't undo it and they can't reach it.
alter role support set log_statement = 'all';
alter role support set statement_timeout = '30s';
-- Procrastinate's client names its tables without a schema.
alter role worker set search_path = procrastinate;

do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to authenticator, support, worker', current_database());
    execute format('grant connect, create, temporary on database %I to migrator', current_database());
end
$$;

revoke all on schema public from public;

create schema if not exists extensions authorization migrator;
comment on schema extensions is 'What comes with PostgreSQL''s extensions.';

-- Event triggers belong to superusers, hence here and not in a migration.
create or replace function extensions.announce_schema_change()
returns event_trigger
language plpgsql
set search_path = ''
as $$
begin
    if tg_event = 'sql_drop' and not exists (
        select
        from pg_catalog.pg_event_trigger_dropped_objects() as d
        where d.schema_name is null or d.schema_name not in ('partitions', 'pg_temp')
    ) then
        return;
    end if;
    if tg_event = 'ddl_command_end' and not exists (
        select
        from pg_catalog.pg_event_trigger_ddl_commands() as c
        where c.schema_name is null or c.schema_name not in ('partitions', 'pg_temp')
    ) then
        return;
    end if;
    notify pgrst, 'reload schema';
end
$$;
comment on function extensions.announce_schema_change() is 'Tells the gateways to read the catalogue again.';
revoke execute on function extensions.announce_schema_change() from public;

drop event trigger if exists announce_ddl;
create event trigger announce_ddl on ddl_command_end
execute function extensions.announce_schema_change();
drop event trigger if exists announce_drop;
create event trigger announce_drop on sql_drop
execute function extensions.announce_schema_change();
