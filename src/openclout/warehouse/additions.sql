-- Tables that came after layout 1 was fixed: made where they are missing, so that older warehouses stay.
create table if not exists ladders (
    model varchar not null,
    network varchar not null,       -- '' for all networks pooled
    "window" bigint not null,       -- seconds
    version integer not null,
    axis varchar not null,          -- of style.AXES
    first double not null,          -- quartiles of the network's people
    middle double not null,
    third double not null,
    people bigint not null,
    as_of timestamp not null
);
