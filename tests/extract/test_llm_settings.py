"""The language model's settings and what it is told."""

import pytest

from extract.errors import InputError
from extract.llm.prompt import prompt
from extract.llm.settings import llm_settings
from extract.ontology import ontology


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"URL": ""}, "PARTNERGRAPH_LLM_URL is not set"),
        ({"MODEL": ""}, "PARTNERGRAPH_LLM_MODEL is not set"),
        ({"URL": "file:///etc/passwd"}, "PARTNERGRAPH_LLM_URL"),
        ({"URL": "https://me:hidden@host/v1"}, "PARTNERGRAPH_LLM_URL"),
        ({"KEY": "hidden\nX-Header: 1"}, "PARTNERGRAPH_LLM_KEY"),
        ({"KEY": "hidden-é"}, "PARTNERGRAPH_LLM_KEY"),
        ({"PARAMETERS": "hidden{"}, "PARTNERGRAPH_LLM_PARAMETERS"),
        ({"RETRIES": "hidden"}, "PARTNERGRAPH_LLM_RETRIES"),
    ],
)
def test_a_wrong_setting_is_named_and_not_shown(monkeypatch, changed, named):
    for name, value in ({"URL": "http://127.0.0.1:9", "MODEL": "m"} | changed).items():
        monkeypatch.setenv(f"PARTNERGRAPH_LLM_{name}", value)
    with pytest.raises(InputError, match=named) as caught:
        llm_settings()
    assert "hidden" not in str(caught.value)


def test_the_prompt_offers_the_ontology_s_words_and_no_others():
    told = prompt()
    assert told.statuses <= set(ontology().statuses)
    assert all(f'"{name}"' in told.system for name in ontology().relations)
    assert "$" not in told.system


@pytest.mark.parametrize(
    "url", ["https://host/v1", "https://host/v1/", "https://host/v1/chat/completions"]
)
def test_the_address_is_the_base_or_the_whole(monkeypatch, url):
    monkeypatch.setenv("PARTNERGRAPH_LLM_URL", url)
    monkeypatch.setenv("PARTNERGRAPH_LLM_MODEL", "m")
    assert llm_settings().url == "https://host/v1/chat/completions"
