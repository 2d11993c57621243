"""The OpenID provider that people may sign in with, where one is set up."""

from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App

from levelhead.settings import Settings


def provider_of(settings: Settings) -> StarletteOAuth2App | None:
    """The provider that is set up; None where people sign in here only. Nothing is asked of it yet."""
    if settings.oidc_issuer is None:
        return None
    secret = settings.oidc_client_secret
    found: StarletteOAuth2App = OAuth().register(
        "elsewhere",
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
    )
    return found
