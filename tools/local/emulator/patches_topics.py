"""Repairs of moto's SNS. See patches.py."""

from typing import Any

from moto.sns.responses import SNSResponse

from patching import around


@around(SNSResponse, "get_topic_attributes")
def topic_attributes(original: Any, self: SNSResponse) -> Any:
    """SignatureVersion is kept, but not returned. Retired when SNSResponse.get_topic_attributes returns it."""
    answer = original(self)
    topic = self.backend.get_topic(self._get_param("TopicArn"))
    version = getattr(topic, "signature_version", None)
    if version is not None:
        answer.result["Attributes"]["SignatureVersion"] = version
    return answer
