"""Settings: what wins, what is refused and where, what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.app.settings import PREFIX, SettingsError, hide_password, load


def environ(home: Path, **more: str) -> dict[str, str]:
    return {"PATH": "/bin", PREFIX + "HOME": str(home), **more}


def test_defaults_lie_in_one_folder(tmp_path: Path) -> None:
    settings = load({}, environ(tmp_path)).settings
    assert settings.home == tmp_path
    assert settings.database_url == f"sqlite:///{tmp_path}/state.db"
    assert settings.objects_url == f"file://{tmp_path}/objects"
    assert (settings.host, settings.executor) == ("127.0.0.1", "local")


def test_flag_over_environment_over_file_over_default(tmp_path: Path) -> None:
    (tmp_path / "portalis.toml").write_text("port = 1\nworkers = 1\n# a\nupload_max_files = 1\n")
    found = load({"port": 3, "host": None}, environ(tmp_path, PORTALIS_WORKERS="2"))
    origins = {name: str(origin) for name, _, origin in found.rows()}
    assert (found.settings.port, found.settings.workers) == (3, 2)
    assert found.settings.upload_max_files == 1
    assert origins["port"] == "flag --port"
    assert origins["workers"] == "environment PORTALIS_WORKERS"
    assert origins["upload_max_files"] == f"file {tmp_path}/portalis.toml:4"
    assert origins["host"] == "default"


def test_the_folder_may_be_a_flag(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "portalis.toml").write_text("port = 7\n")
    settings = load({"home": inner}, environ(tmp_path)).settings
    assert (settings.home, settings.port) == (inner, 7)
    assert settings.database_url == f"sqlite:///{inner}/state.db"


def test_another_file(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("port = 7\n")
    config = str(tmp_path / "mine.toml")
    assert load({}, environ(tmp_path, PORTALIS_CONFIG=config)).settings.port == 7
    with pytest.raises(SettingsError, match=r"no\.toml cannot be read"):
        load({}, environ(tmp_path, PORTALIS_CONFIG=str(tmp_path / "no.toml")))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("host = 'a'\ncolour = 1\n", r"portalis\.toml:2: `colour` is no setting"),
        ("\n[redis]\nurl = 'x'\n", r"portalis\.toml:2: `redis` is no setting"),
        ("home = 'a'\n", r"portalis\.toml:1: `home` is no setting here"),
        ("\nport = 70000\n", r"portalis\.toml:2: port: .*65535"),
        ("port = 'x'\n", r"portalis\.toml:1: port: "),
        ("port = \n", r"portalis\.toml: .*line 1"),
        ("objects_url = 'ftp://x'\n", r"portalis\.toml:1: objects_url .* one of file, memory"),
    ],
)
def test_a_file_is_refused_at_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "portalis.toml").write_text(text)
    with pytest.raises(SettingsError, match=said):
        load({}, environ(tmp_path))


def test_the_environment_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="PORTALIS_DATABSE_URL, which is no setting"):
        load({}, environ(tmp_path, PORTALIS_DATABSE_URL="x"))
    with pytest.raises(SettingsError, match="environment PORTALIS_PORT: port: "):
        load({}, environ(tmp_path, PORTALIS_PORT="http"))


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"pip install 'portalis\[redis\]'"):
        load({}, environ(tmp_path, PORTALIS_CACHE_URL="rediss://:secret@host:6379/0"))
    with pytest.raises(SettingsError, match=r"pip install 'portalis\[postgres\]'"):
        load({}, environ(tmp_path, PORTALIS_DATABASE_URL="postgresql://a:secret@host/db"))


def test_no_password_is_shown(tmp_path: Path) -> None:
    url = "postgresql://ann:secret@host:5432/db?x=1"
    assert hide_password(url) == "postgresql://ann:***@host:5432/db?x=1"
    assert hide_password("redis://:secret@host") == "redis://:***@host"
    assert hide_password("file:///a@b") == "file:///a@b"
    with pytest.raises(SettingsError) as caught:
        load({}, environ(tmp_path, PORTALIS_DATABASE_URL="mysql://a:secret@b"))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("value", ["local", "ray", "auto", "ray:10.0.0.1:6379", "ray://head:10001"])
def test_what_runs_the_units(tmp_path: Path, value: str) -> None:
    assert load({}, environ(tmp_path, PORTALIS_EXECUTOR=value)).settings.executor == value
    with pytest.raises(SettingsError, match="begins with one of local, ray, auto"):
        load({"executor": "slurm"}, environ(tmp_path))
