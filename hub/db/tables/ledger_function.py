"""The one call by which PostgreSQL takes a micro-batch of operations into the ledger."""

CHANNEL = "beffroi_ledger"
"""Where each batch announces the position it reached."""

APPEND_OPS = f"""
CREATE FUNCTION append_ops(now_ms bigint, seen_moves bigint, ops json, things json)
RETURNS TABLE (out_seq bigint, out_number bigint, out_at bigint, out_fresh boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    h record;
    o record;
    s bigint;
    t bigint;
    n bigint;
    prev bytea;
    k bytea;
BEGIN
    SELECT * INTO h FROM ledger_head WHERE one = 1 FOR UPDATE;
    INSERT INTO thing (uid, kind, workspace, bucket, author, refs)
        SELECT * FROM json_to_recordset(things) AS x(
            uid text, kind text, workspace text, bucket text, author text, refs text)
        ON CONFLICT DO NOTHING;
    IF h.moves <> seen_moves OR EXISTS (
        SELECT 1 FROM json_to_recordset(things) AS x(uid text, bucket text)
        JOIN thing USING (uid) WHERE thing.bucket <> x.bucket
    ) THEN
        RAISE EXCEPTION 'something moved' USING ERRCODE = '40001';
    END IF;
    s := h.head;
    k := h.hash;
    t := greatest(now_ms, h.at);
    FOR o IN SELECT * FROM json_to_recordset(ops) AS x(
        op_id text, kind text, entity text, workspace text, hlc bigint, made_at bigint,
        offset_ms bigint, author text, post text, station text, marking text, audience text,
        device text, payload text, payload_sha text, signature text, bucket text, digest text,
        prefix text, about json)
    LOOP
        SELECT seq, number, at INTO out_seq, out_number, out_at
            FROM operation WHERE op_id = o.op_id;
        out_fresh := NOT FOUND;
        IF out_fresh THEN
            s := s + 1;
            n := NULL;
            IF o.prefix <> '' THEN
                INSERT INTO series (workspace, prefix, last) VALUES (o.workspace, o.prefix, 1)
                    ON CONFLICT (workspace, prefix) DO UPDATE SET last = series.last + 1
                    RETURNING last INTO n;
            END IF;
            prev := k;
            k := sha256(prev || decode(o.digest, 'hex') || int8send(s) || int8send(t)
                || int8send(coalesce(n, 0)));
            INSERT INTO operation VALUES (
                s, o.op_id, o.kind, o.entity, o.workspace, o.hlc, o.made_at, o.offset_ms,
                o.author, o.post, o.station, o.marking, o.audience, o.device,
                convert_to(o.payload, 'UTF8'), o.payload_sha, o.signature, t, n, o.bucket,
                prev, k);
            IF o.about IS NOT NULL THEN
                INSERT INTO about (uid, seq)
                    SELECT uid, s FROM json_array_elements_text(o.about) AS a(uid)
                    ON CONFLICT DO NOTHING;
            END IF;
            out_seq := s;
            out_number := n;
            out_at := t;
        END IF;
        RETURN NEXT;
    END LOOP;
    IF s > h.head THEN
        UPDATE ledger_head SET head = s, at = t, hash = k WHERE one = 1;
        PERFORM pg_notify('{CHANNEL}', s::text);
    END IF;
END $$
"""
"""Takes the lock of `ledger_head`, skips what is known, numbers, chains and inserts in order.

Fails with `serialization_failure` when something moved since the caller looked, or when a new thing
is there already in another bucket.
"""
