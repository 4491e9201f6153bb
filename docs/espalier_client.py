"""A client of `espalier serve --api`, with nothing but Python's standard library.

    from espalier_client import Espalier
    client = Espalier("http://127.0.0.1:41528", token)
    for document in client.extract(["Mara Velt founded Orbisk."]):
        for sentence in document["sentences"]:
            for triple in sentence["triples"]:
                print(triple["subject"]["text"], triple["relation"], triple["object"]["text"])
"""

import json
import time
import urllib.error
import urllib.request


class EspalierError(Exception):
    """The server refused a request; the message says why and what to do."""


class Espalier:
    def __init__(self, url, token, timeout=300, tries=8):
        self.url, self.token, self.timeout, self.tries = url.rstrip("/"), token, timeout, tries

    def extract(self, documents, language=None, batch=100):
        """Yields an answer for each document, in order. A document is a text, or a dict with a "text" whose other
        fields come back; an answer has "sentences", or "error" where the document could not be read."""
        waiting = []
        for document in documents:
            waiting.append({"text": document} if isinstance(document, str) else document)
            if len(waiting) == batch:
                yield from self._ask(waiting, language)
                waiting = []
        if waiting:
            yield from self._ask(waiting, language)

    def model(self):
        """Name, run and relation types of the model."""
        return self._call("/v1/model")

    def _ask(self, documents, language):
        body = {"documents": documents}
        if language is not None:
            body["language"] = language
        return self._call("/v1/extract", body)["documents"]

    def _call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode("utf-8")
        headers = {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"}
        for attempt in range(self.tries):
            request = urllib.request.Request(self.url + path, data, headers)
            try:
                with urllib.request.urlopen(request, timeout=self.timeout) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                if error.code == 503 and attempt + 1 < self.tries:
                    time.sleep(float(error.headers.get("Retry-After", 1)))
                    continue
                raise EspalierError(json.load(error).get("error", str(error))) from None


if __name__ == "__main__":
    import os
    import sys

    client = Espalier(sys.argv[1], os.environ["ESPALIER_API_TOKEN"])
    for answer in client.extract(json.loads(line) for line in sys.stdin):
        print(json.dumps(answer, ensure_ascii=False))
