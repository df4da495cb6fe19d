"""Repairs of moto's Certificate Manager. See patches.py."""

from json import loads
from typing import Any

from moto.acm.models import CertBundle
from moto.acm.responses import AWSCertificateManagerResponse

from patching import around


@around(AWSCertificateManagerResponse, "request_certificate")
def remember_algorithm(original: Any, self: AWSCertificateManagerResponse) -> Any:
    """Every certificate gets an RSA key. Retired when request_certificate takes KeyAlgorithm."""
    response = original(self)
    algorithm = self._get_param("KeyAlgorithm")
    if algorithm and isinstance(response, str):
        self.acm_backend._certificates[loads(response)["CertificateArn"]].landfall_algorithm = algorithm
    return response


@around(CertBundle, "describe")
def key_algorithm(original: Any, self: CertBundle) -> dict[str, Any]:
    described = original(self)
    if hasattr(self, "landfall_algorithm"):
        described["Certificate"]["KeyAlgorithm"] = self.landfall_algorithm
    return described
