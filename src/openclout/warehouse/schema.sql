-- The tables of the warehouse. Names are kept once (accounts, posts); acts point to them by number.
-- Numbers follow the order of import and mean nothing: no output may depend on them.
create type kind as enum ({kinds});

create table accounts (
    account integer not null,
    network varchar not null,
    id varchar not null,
    handle varchar, name varchar, created timestamp,
    followers bigint, following bigint, listed bigint, posts bigint,
    bot boolean, kind varchar
);

create table posts (
    post integer not null,
    network varchar not null,
    id varchar not null,
    author integer,                 -- null: only referred to, not imported
    published timestamp,
    text varchar, tags varchar[], language varchar,
    in_reply_to integer,            -- a post
    views bigint, url varchar
);

create table interactions (
    kind kind not null,
    source integer,                 -- null: anonymous engagement
    target integer,                 -- null: the author of `object` is not known yet
    object integer,                 -- the post acted upon
    published timestamp not null,
    count integer not null,         -- how many equal acts this row stands for
    value float,                    -- a signed rating; zero or less is kept and never counted
    act uhugeint,                   -- md5 of the network's own id of the act; null: file and row are its identity
    file integer not null,
    row bigint not null,
    text varchar, tags varchar[]
);

create table files (
    file integer not null,
    sha256 varchar not null,
    format varchar not null,
    names boolean not null          -- whether this format names those who act on the exported accounts
);

create table proofs (account integer not null, other integer not null, url varchar not null);

create table anchors (
    model varchar not null,
    network varchar not null,       -- '' for all networks pooled
    "window" bigint not null,       -- seconds
    version integer not null,
    middle double not null,
    top double not null,
    scored bigint not null,
    as_of timestamp not null
);

create table meta (key varchar not null, value varchar not null);
insert into meta values ('schema', '1');
