-- Cursors: of lists, which name a post, and of feeds, which are signed for the one reader who may go on there.
--
-- A signed one is of kind L, R or E (feed in order of time, ranked feed, explore) and says what is left: of a feed in order of
-- time the post before which it goes on; of a ranked one when the ranking was made, the ranked posts that are left, in order,
-- and the post before which it goes on after them. So a ranking stays as it was without a row being written, on read-only
-- connections and on replicas. See docs/reference/ranking.md.

create or replace function feed.encode_cursor(post_id bigint) returns text
language sql
immutable
strict
return rtrim(translate(encode(convert_to('f1:' || post_id::text, 'UTF8'), 'base64'), '+/', '-_'), '=');
comment on function feed.encode_cursor(bigint) is 'The cursor of a post in a feed.';

create or replace function feed.decode_cursor(given text) returns bigint
language plpgsql
immutable
strict
set search_path = ''
as $$
declare
    plain text;
begin
    plain := convert_from(decode(translate(given, '-_', '+/') || repeat('=', -length(given) & 3), 'base64'), 'UTF8');
    if plain !~ '^f1:[0-9]{1,18}$' then
        raise invalid_parameter_value;
    end if;
    return substr(plain, 4)::bigint;
exception
    when invalid_parameter_value or character_not_in_repertoire or untranslatable_character then
        raise exception 'The cursor is not one of this feed.'
            using errcode = 'DA400', hint = 'Give the endCursor of the page before, or no cursor for the first page.';
end
$$;
comment on function feed.decode_cursor(text) is 'The post at which a cursor stands.';

create or replace function feed.signature(outer_key bytea, inner_key bytea, viewer bigint, content bytea) returns bytea
language sql
immutable
return substr(sha256(outer_key || sha256(inner_key || int8send(viewer) || content)), 1, 16);
comment on function feed.signature(bytea, bytea, bigint, bytea) is
'HMAC-SHA-256 (RFC 2104) of what a cursor says to whom, cut to 16 bytes.';

create or replace function feed.sign(viewer bigint, content bytea) returns bytea
language sql
stable
set search_path = ''
return (
    select feed.signature(k.outer_key, k.inner_key, viewer, content)
    from ops.cursor_keys as k
    where k.id = 1
);
comment on function feed.sign(bigint, bytea) is 'The signature of what a cursor says to whom.';

create or replace function feed.seal_all(viewer bigint, contents bytea[]) returns text[]
language sql
stable
set search_path = ''
begin atomic
    select
        array_agg(
            rtrim(
                translate(
                    encode(c.content || feed.signature(k.outer_key, k.inner_key, viewer, c.content), 'base64'),
                    e'+/\n', '-_'
                ),
                '='
            )
            order by c.place
        )
    from ops.cursor_keys as k
    cross join unnest(contents) with ordinality as c (content, place)
    where k.id = 1;
end;
comment on function feed.seal_all(bigint, bytea[]) is
'Cursors that only this viewer can use, and nobody can make or change, in the order of what they say.';

create or replace function feed.seal(viewer bigint, content bytea) returns text
language sql
stable
strict
set search_path = ''
return (feed.seal_all(viewer, array[content]))[1];
comment on function feed.seal(bigint, bytea) is 'A cursor that only this viewer can use, and nobody can make or change.';

-- Hashed again before they are compared, so that the time it takes tells nothing about the signature.
create or replace function feed.unseal(viewer bigint, given text, kinds text) returns bytea
language plpgsql
stable
strict
set search_path = ''
as $$
declare
    plain bytea;
    content bytea;
begin
    plain := decode(translate(given, '-_', '+/') || repeat('=', -length(given) & 3), 'base64');
    content := substr(plain, 1, greatest(length(plain) - 16, 0));
    if
        length(content) < 9 or position(substr(content, 1, 1) in convert_to(kinds, 'UTF8')) = 0
        or sha256(feed.sign(viewer, content)) <> sha256(substr(plain, length(content) + 1))
    then
        raise invalid_parameter_value;
    end if;
    return content;
exception
    when invalid_parameter_value then
        raise exception 'The cursor is not one of this feed.'
            using errcode = 'DA400', hint = 'Give the endCursor of the page before, or no cursor for the first page.';
end
$$;
comment on function feed.unseal(bigint, text, text) is 'What a cursor of this viewer, and of one of these kinds, says.';

create or replace function feed.seal_latest(viewer bigint, before bigint) returns text
language sql
stable
strict
set search_path = ''
return feed.seal(viewer, '\x4c'::bytea || int8send(before));
comment on function feed.seal_latest(bigint, bigint) is 'The cursor of a post in a feed in order of time.';

create or replace function feed.seal_each(viewer bigint, posts bigint[]) returns text[]
language sql
stable
set search_path = ''
return feed.seal_all(
    viewer,
    array(
        select '\x4c'::bytea || int8send(p.id)
        from unnest(posts) with ordinality as p (id, place)
        order by p.place
    )
);
comment on function feed.seal_each(bigint, bigint[]) is 'The cursors of posts in a feed in order of time.';

create or replace function feed.seal_ranked(
    viewer bigint, kind text, made_at timestamptz, before bigint, left_over bigint[]
) returns text
language sql
stable
set search_path = ''
return feed.seal(
    viewer,
    convert_to(kind, 'UTF8') || int8send(before) || int8send((extract(epoch from made_at) * 1000)::bigint)
    || coalesce(
        (
            select string_agg(int8send(l.id), ''::bytea order by l.place)
            from unnest(left_over) with ordinality as l (id, place)
        ),
        ''
    )
);
comment on function feed.seal_ranked(bigint, text, timestamptz, bigint, bigint[]) is
'The cursor at which something ranked goes on.';

create or replace function feed.made_at(content bytea) returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
    made_at constant timestamptz := to_timestamp(substr(content, 10, 8)::bigint / 1000.0);
begin
    if made_at < now() - interval '15 minutes' then
        raise exception 'The cursor is too old.'
            using errcode = 'DA400', hint = 'Ranked pages go on for 15 minutes; begin with the first page again.';
    end if;
    return made_at;
end
$$;
comment on function feed.made_at(bytea) is 'When the ranking was made that a cursor holds; one that is too old is refused.';

create or replace function feed.ids_of(packed bytea) returns bigint[]
language sql
immutable
strict
return array(
    select substr(packed, 1 + 8 * n.place, 8)::bigint
    from generate_series(0, length(packed) / 8 - 1) as n (place)
    order by n.place
);
comment on function feed.ids_of(bytea) is 'The identifiers that are packed in a cursor.';
