"""Licences: what authors write, and what becomes of it."""

from __future__ import annotations

import pytest

from mkdocs_anp.core.image_credits.licenses import license_of

CC = "https://creativecommons.org/licenses"


@pytest.mark.parametrize(
    ("written", "name", "url"),
    [
        ("CC BY 4.0", "CC BY 4.0", f"{CC}/by/4.0/"),
        ("cc-by-4.0", "CC BY 4.0", f"{CC}/by/4.0/"),
        ("CC_BY_SA_3.0", "CC BY-SA 3.0", f"{CC}/by-sa/3.0/"),
        ("CC BY SA NC 4.0", "CC BY-NC-SA 4.0", f"{CC}/by-nc-sa/4.0/"),
        ("Creative Commons BY-ND v4", "CC BY-ND 4.0", f"{CC}/by-nd/4.0/"),
        ("CC BY-SA 4.0 International License", "CC BY-SA 4.0", f"{CC}/by-sa/4.0/"),
        ("CC BY 3.0 Unported", "CC BY 3.0", f"{CC}/by/3.0/"),
        ("CC BY-SA 3.0 DE", "CC BY-SA 3.0 DE", f"{CC}/by-sa/3.0/de/"),
        ("CC BY 3.0 IGO", "CC BY 3.0 IGO", f"{CC}/by/3.0/igo/"),
        ("CC BY 4.0 DE", "CC BY 4.0", f"{CC}/by/4.0/"),  # 4.0 has no versions for countries
        ("CC0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        (
            "public domain",
            "Public domain",
            "https://creativecommons.org/publicdomain/mark/1.0/",
        ),
        ("unsplash", "Unsplash License", "https://unsplash.com/license"),
        ("Unsplash Licence", "Unsplash License", "https://unsplash.com/license"),
        ("Pexels", "Pexels License", "https://www.pexels.com/license/"),
        (
            "Pixabay License",
            "Pixabay Content License",
            "https://pixabay.com/service/license-summary/",
        ),
        ("GFDL-1.2-or-later", "GFDL 1.2", "https://www.gnu.org/licenses/old-licenses/fdl-1.2.html"),
        ("MIT", "MIT License", "https://spdx.org/licenses/MIT.html"),
        ("Apache-2.0", "Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
        ("LAL-1.3", "Free Art License 1.3", "https://artlibre.org/licence/lal/en/"),
        ("All rights reserved", "All rights reserved", ""),
        ("©", "All rights reserved", ""),
        # Addresses keep as they are; known ones get a name, others that of their host.
        (f"{CC}/by-sa/4.0/deed.de", "CC BY-SA 4.0", f"{CC}/by-sa/4.0/deed.de"),
        (f"{CC}/by/3.0/at/", "CC BY 3.0 AT", f"{CC}/by/3.0/at/"),
        (
            "http://www.unsplash.com/license/",
            "Unsplash License",
            "http://www.unsplash.com/license/",
        ),
        ("https://www.Example.org?x", "example.org", "https://www.Example.org?x"),
        (f"{CC}/sampling/1.0/", "creativecommons.org", f"{CC}/sampling/1.0/"),
    ],
)
def test_known(written: str, name: str, url: str) -> None:
    assert license_of(written) == (name, url, "")
    assert license_of(f"  {written} ") == (name, url, "")


@pytest.mark.parametrize(
    ("written", "name", "advice"),
    [
        ("CC-BY", "CC BY", "it has no version; write 'CC BY 4.0' if it is that one"),
        ("CC BY-NC-SA", "CC BY-NC-SA", "it has no version; write 'CC BY-NC-SA 4.0'"),
        ("CC BY 7.0", "CC BY 7.0", "Creative Commons has no such licence"),
        ("CC BY-ND-SA 4.0", "CC BY-ND-SA 4.0", "Creative Commons has no such licence"),
        ("CC BY 3.0 xx", "CC BY 3.0 XX", "Creative Commons has no licence for XX"),
        ("free", "free", "write a known licence such as 'CC BY 4.0'"),
        ("CC", "CC", "write a known licence"),
        ("javascript:alert(1)", "javascript:alert(1)", "write a known licence"),
        (f'{CC}/by/4.0/" onclick=x', f'{CC}/by/4.0/" onclick=x', "write a known licence"),
    ],
)
def test_what_names_none_for_sure_gets_an_advice_and_no_address(
    written: str, name: str, advice: str
) -> None:
    found = license_of(written)
    assert found[:2] == (name, "")
    assert found.advice.startswith(advice)
