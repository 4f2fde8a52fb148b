-- migrate:up
-- Few posts are sponsored: their list would otherwise pass over all the others.
create index posts_sponsored on api.posts (id desc) where is_sponsored;

-- migrate:down
drop index api.posts_sponsored;
