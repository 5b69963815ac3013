"""Files that people send: what is taken, what is refused, and that the disk is never filled."""

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from tandem.infra.blobs import Blobs, RealDisk, find, forget
from tandem.infra.db import Database
from tandem.kit.errors import NoRoom, NotFound, TooLarge, TooManyPixels, UnsupportedFile
from world.files import SVG, png
from world.waiting import eventually


class FullDisk:
    """Says that nothing is left."""

    def free(self, folder: Path) -> int:
        return 0


def _blobs(folder: Path, **options: object) -> Blobs:
    return Blobs(folder / "blobs", **{"limit": 10_000, "reserve": 0, "disk": RealDisk(), **options})  # type: ignore[arg-type]


def _files(folder: Path) -> list[Path]:
    return [it for it in folder.rglob("*") if it.is_file()]


async def test_a_picture_is_kept_with_its_size(db: Database, tmp_path: Path, now: datetime) -> None:
    blobs = _blobs(tmp_path)
    async with db.write() as tx:
        stored = await blobs.put(tx.db, "鞋子.png", png(640, 480), now)
    async with db.read() as connection:
        assert await find(connection, stored.id) == stored

    assert (stored.name, stored.media_type, stored.width, stored.height) == ("鞋子.png", "image/png", 640, 480)
    assert await blobs.get(stored) == png(640, 480)


async def test_what_a_picture_is_is_told_by_its_content_not_by_its_name(db: Database, tmp_path: Path, now: datetime) -> None:
    async with db.write() as tx:
        stored = await _blobs(tmp_path).put(tx.db, "photo.jpg", png(), now)

    assert stored.media_type == "image/png"


async def test_the_same_file_is_stored_once(db: Database, tmp_path: Path, now: datetime) -> None:
    blobs = _blobs(tmp_path)
    async with db.write() as tx:
        first = await blobs.put(tx.db, "a.png", png(), now)
        second = await blobs.put(tx.db, "b.png", png(), now)

    assert first.id != second.id
    assert len(_files(tmp_path)) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("not.png", b"<html><script>alert(1)</script></html>"),
        ("half.png", png()[:20]),
        ("empty.jpg", b""),
        ("drawing.svg", SVG),
        ("drawing.png", SVG),
        ("page.html", b"<h1>hello</h1>"),
        ("program.exe", b"MZ"),
        ("no-ending", b"x"),
        ("..", b"x"),
    ],
)
async def test_what_could_harm_a_viewer_is_refused(db: Database, tmp_path: Path, now: datetime, name: str, content: bytes) -> None:
    with pytest.raises(UnsupportedFile):
        async with db.write() as tx:
            await _blobs(tmp_path).put(tx.db, name, content, now)

    assert _files(tmp_path) == []


@pytest.mark.parametrize("side", [100_000, 2**31 - 1])
async def test_a_picture_that_would_unpack_to_too_much_is_refused_by_its_header(
    db: Database, tmp_path: Path, now: datetime, side: int
) -> None:
    with pytest.raises(TooManyPixels):
        async with db.write() as tx:
            await _blobs(tmp_path).put(tx.db, "bomb.png", png(side, side), now)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\system.ini.txt", "system.ini.txt"),
        ("/etc/cron.d/job.txt", "job.txt"),
        ("a\x00b\nc.txt", "ab c.txt"),
        ("x" * 300 + ".TXT", "x" * 119 + "….txt"),
    ],
)
async def test_a_name_with_a_path_in_it_leads_nowhere_and_a_long_one_keeps_its_ending(
    db: Database, tmp_path: Path, now: datetime, name: str, kept: str
) -> None:
    async with db.write() as tx:
        stored = await _blobs(tmp_path).put(tx.db, name, b"x", now)

    assert stored.name == kept
    assert all(it.is_relative_to(tmp_path / "blobs") and it.name == stored.sha256 for it in _files(tmp_path))


async def test_a_file_over_the_limit_is_refused_with_both_sizes(db: Database, tmp_path: Path, now: datetime) -> None:
    with pytest.raises(TooLarge) as refused:
        async with db.write() as tx:
            await _blobs(tmp_path).put(tx.db, "long.txt", b"x" * 20_480, now)

    assert refused.value.said("en") == ("This is 20 kB", "Up to 9 kB works. Your message is still here.")


async def test_a_full_disk_refuses_files_and_leaves_nothing_behind(db: Database, tmp_path: Path, now: datetime) -> None:
    with pytest.raises(NoRoom):
        async with db.write() as tx:
            await _blobs(tmp_path, disk=FullDisk()).put(tx.db, "a.txt", b"x", now)

    async with db.read() as connection:
        assert await connection.fetchval("select count(*) from blob") == 0
    assert _files(tmp_path) == []


async def test_a_disk_that_fails_while_writing_leaves_nothing_half_done(db: Database, tmp_path: Path, now: datetime) -> None:
    blobs = _blobs(tmp_path)
    (tmp_path / "blobs").rmdir()
    (tmp_path / "blobs").write_text("a file where the folder should be")

    with pytest.raises(NoRoom):
        async with db.write() as tx:
            await blobs.put(tx.db, "a.txt", b"x", now)


async def test_a_file_that_is_gone_from_the_disk_is_not_found(db: Database, tmp_path: Path, now: datetime) -> None:
    blobs = _blobs(tmp_path)
    async with db.write() as tx:
        stored = await blobs.put(tx.db, "a.txt", b"x", now)
    for file in _files(tmp_path):
        file.unlink()

    with pytest.raises(NotFound):
        await blobs.get(stored)


async def test_a_forgotten_file_leaves_the_disk_once_no_other_has_its_content(db: Database, tmp_path: Path, now: datetime) -> None:
    blobs = _blobs(tmp_path)
    async with db.write() as tx:
        first = await blobs.put(tx.db, "a.png", png(), now)
        second = await blobs.put(tx.db, "b.png", png(), now)

    for blob, left in ((first, 1), (second, 0)):
        async with db.write() as tx:
            await forget(tx, [blob.id])
        await blobs.erase(db, blob.sha256)

        async with db.read() as connection:
            assert await find(connection, blob.id) is None
        assert len(_files(tmp_path)) == left


async def test_what_is_stored_while_the_same_content_is_erased_stays(db: Database, tmp_path: Path, now: datetime) -> None:
    blobs = _blobs(tmp_path)
    async with db.write() as tx:
        old = await blobs.put(tx.db, "a.png", png(), now)
        await forget(tx, [old.id])

    async with db.write() as tx:
        new = await blobs.put(tx.db, "b.png", png(), now)
        erasing = asyncio.create_task(blobs.erase(db, old.sha256))

        async def waits() -> bool:
            async with db.read() as connection:
                return bool(
                    await connection.fetchval("select exists (select from pg_locks where locktype = 'advisory' and not granted)")
                )

        await eventually(waits)
    await erasing

    assert await blobs.get(new) == png()


async def test_a_file_is_not_forgotten_if_what_it_was_part_of_is_not(db: Database, tmp_path: Path, now: datetime) -> None:
    blobs = _blobs(tmp_path)
    async with db.write() as tx:
        kept = await blobs.put(tx.db, "a.png", png(), now)

    with pytest.raises(ZeroDivisionError):  # noqa: PT012  # the transaction is what must fail
        async with db.write() as tx:
            await forget(tx, [kept.id])
            raise ZeroDivisionError

    async with db.read() as connection:
        assert await find(connection, kept.id) == kept
        assert await connection.fetchval("select count(*) from pgqueuer") == 0
