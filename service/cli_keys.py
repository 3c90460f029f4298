"""``service keys``: make, list and revoke API keys."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import click

from service.cli import read_settings
from service.settings import SettingError, Settings
from service.web.keys import Key, Keys

_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@click.group()
@click.pass_context
def keys(context: click.Context) -> None:
    """Make, list and revoke API keys. From the first key on, every caller needs one."""
    context.obj = Keys(read_settings().keys_path)


@keys.command()
@click.argument("name")
@click.option("--expires", help="When it stops to open: in 90d, 12h or 30m, or on a date such as 2027-06-30.")
@click.option("--rate-limit", help="Its own rate, such as 60/minute or 5/second; without it the service's.")
@click.pass_obj
def create(store: Keys, name: str, expires: str | None, rate_limit: str | None) -> None:
    """Make a key called NAME and print it, for the only time."""
    if rate_limit:
        try:
            Settings.from_environment({"RATE_LIMIT": rate_limit})
        except SettingError:
            raise click.BadParameter(f"'{rate_limit}' is no rate such as 60/minute.") from None
    click.echo(store.create(name, expires_at=_read_expiry(expires), rate_limit=rate_limit))


@keys.command("list")
@click.pass_obj
def list_keys(store: Keys) -> None:
    """List every key: id, state, name, expiry, rate."""
    now = datetime.now(UTC)
    for key in store.all():
        click.echo("\t".join([key.id, _state(key, now), key.name, key.expires_at or "never", key.rate_limit or "-"]))


@keys.command()
@click.argument("key_id", metavar="ID")
@click.pass_obj
def revoke(store: Keys, key_id: str) -> None:
    """Revoke the key ID at once."""
    if not store.revoke(key_id):
        raise click.ClickException(f"No key '{key_id}' that is not revoked yet.")
    click.echo(f"Revoked {key_id}.")


def _state(key: Key, now: datetime) -> str:
    if key.revoked_at:
        return "revoked"
    return "valid" if key.is_valid(now) else "expired"


def _read_expiry(words: str | None) -> datetime | None:
    """The time that "90d" or "2027-06-30" means."""
    if not words:
        return None
    span = re.fullmatch(r"(\d{1,6})([dhm])", words)
    if span:
        return datetime.now(UTC) + timedelta(**{_UNITS[span[2]]: int(span[1])})
    try:
        when = datetime.fromisoformat(words)
    except ValueError:
        raise click.BadParameter(f"'{words}' is neither a span such as 90d nor a date.") from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
