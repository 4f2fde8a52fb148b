-- Polls: one vote per person, of one answer or of several; who chose what is told to nobody else.

create or replace function ops.open_poll(post api.posts, poll api.poll_input) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    if poll is not distinct from null then
        return;
    end if;
    if cardinality(poll.options) between 2 and 10 is not true then
        raise exception 'A poll has 2 to 10 answers.'
            using errcode = 'DA422', hint = 'Give the answers as options.';
    end if;
    insert into api.polls (post_id, is_multiple, closes_at)
    values (post.id, coalesce(poll.is_multiple, false), coalesce(poll.closes_at, now() + interval '1 day'));
    insert into api.poll_options (post_id, position, label)
    select post.id, option.place, option.label
    from unnest(poll.options) with ordinality as option (label, place);
end
$$;
comment on function ops.open_poll(api.posts, api.poll_input) is 'Gives a post its poll, where it has one.';

create or replace function api.vote(post_id bigint, positions integer[]) returns setof api.poll_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    asked api.polls;
begin
    select p.* into asked
    from api.polls as p
    inner join feed.visible_posts as v on v.id = p.post_id
    where p.post_id = vote.post_id and v.is_current;
    if auth.uid() is null or not found then
        raise exception 'There is no such poll.' using errcode = 'DA404', hint = 'Vote in a poll that you can see.';
    end if;
    if asked.closes_at <= now() then
        raise exception 'The poll is closed.' using errcode = 'DA422', hint = 'Read its results.';
    end if;
    if cardinality(positions) = 0 or positions is null or (cardinality(positions) > 1 and not asked.is_multiple) then
        raise exception 'A vote is for one answer or, where the poll says so, for several.'
            using errcode = 'DA422', hint = 'Give the positions of the answers.';
    end if;
    insert into api.poll_votes (post_id, voter_id)
    values (vote.post_id, auth.uid())
    on conflict do nothing;
    if not found then
        raise exception 'You have voted already.' using errcode = 'DA409', hint = 'A vote stays as it is.';
    end if;
    insert into api.poll_choices (post_id, voter_id, position)
    select distinct o.post_id, auth.uid(), o.position
    from api.poll_options as o
    where o.post_id = vote.post_id and o.position = any(positions);
    if (select count(*) from api.poll_choices as c where c.post_id = vote.post_id and c.voter_id = auth.uid())
        <> cardinality(positions)
    then
        raise exception 'The poll has no such answer, or it is named twice.'
            using errcode = 'DA422', hint = 'Give each position once.';
    end if;
    return query select r.* from api.poll_results(vote.post_id) as r;
end
$$;
comment on function api.vote(bigint, integer[]) is 'Votes in a poll, once, and gives its results so far.';

create or replace function api.poll_results(post_id bigint) returns setof api.poll_result
language sql
stable
security definer
set search_path = ''
begin atomic
    select
        o.position,
        o.label,
        case when p.closes_at <= now() or v.author_id = auth.uid() or voted.voter_id is not null then (
            select count(*)::integer
            from api.poll_choices as c
            where c.post_id = o.post_id and c.position = o.position
        ) end,
        coalesce((
            select true
            from api.poll_choices as c
            where c.post_id = o.post_id and c.position = o.position and c.voter_id = auth.uid()
        ), false)
    from feed.visible_posts as v
    inner join api.polls as p on p.post_id = v.id
    inner join api.poll_options as o on o.post_id = p.post_id
    left join api.poll_votes as voted on voted.post_id = p.post_id and voted.voter_id = auth.uid()
    where v.id = poll_results.post_id
    order by o.position;
end;
comment on function api.poll_results(bigint) is
'The answers of a poll, in order. How often each was chosen is told after voting, after closing, and to the author.';
