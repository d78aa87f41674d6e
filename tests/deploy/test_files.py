"""What is deployed says what it should: the unit, the manifests, the composition, the pinned packages."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from kubernetes_validate import validate

from ivr.channels.page import addresses
from ivr.store.where import STORE
from ivr.web.reading import Tag
from ivr.web.server import GRACE_SECONDS
from ivr.web.settings import ACCOUNT, PUBLIC_URL, SCRIPT, SECRET, TOKEN, from_environment
from ivr.web.spool import MOST_BYTES

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def routes(app, script):
    """All that the world may ask, with the methods; figures for a monitor are not there without their token."""
    found = {}
    for rule in app.url_map.iter_rules():
        for address in filter(None, addresses(script).values()):
            found[rule.rule.replace("<tag:address>", address)] = rule.methods
    assert not any("<" in path for path in found)
    return found


def program(name, package):
    """Where a program is; without it the test is skipped here, and fails in CI."""
    found = shutil.which(name)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(f"{name} is not installed (apt-get install {package})")
    return found or pytest.skip(f"{name} is not installed here (apt-get install {package})")


def run(*command, **environ):
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | environ, check=False)
    return done.returncode, done.stdout + done.stderr


# --- systemd -------------------------------------------------------------------------------------


UNITS = ("ivr.service", "ivr-backup.service", "ivr-backup.timer")


def test_the_units_are_understood_by_systemd(tmp_path):
    """With a program that exists in place of those that will be installed."""
    for name in UNITS:
        text = (DEPLOY / name).read_text()
        (tmp_path / name).write_text(re.sub("/opt/ivr/bin/(ivr|python)", "/bin/true", text))
    paths = [str(tmp_path / name) for name in UNITS]

    assert run(program("systemd-analyze", "systemd"), "verify", "--man=no", *paths) == (0, "")


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_the_unit_is_let_do_little(name):
    """Exposure by systemd's own measure: 0 is none, 9.6 is a unit that says nothing."""
    code, said = run(
        program("systemd-analyze", "systemd"), "security", "--offline=true", "--threshold=15", "--no-pager",
        str(DEPLOY / name),
    )  # fmt: skip
    assert code == 0, said


def test_a_stop_waits_for_the_answers_in_hand():
    unit = (DEPLOY / "ivr.service").read_text()
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["line"]
    pod = manifests()["Deployment"]["spec"]["template"]["spec"]

    assert int(re.search(r"TimeoutStopSec=(\d+)s", unit)[1]) > GRACE_SECONDS
    assert int(compose["stop_grace_period"][:-1]) > GRACE_SECONDS
    asleep = int(re.search(r"sleep\((\d+)\)", str(pod["containers"][0]["lifecycle"]))[1])
    assert pod["terminationGracePeriodSeconds"] > GRACE_SECONDS + asleep


# --- Kubernetes ----------------------------------------------------------------------------------


def manifests():
    """By kind; there is one of each."""
    folder = DEPLOY / "kubernetes"
    names = yaml.safe_load((folder / "kustomization.yaml").read_text())["resources"]
    assert set(names) == {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml"}
    read = [one for name in names for one in yaml.safe_load_all((folder / name).read_text())]
    assert len({one["kind"] for one in read}) == len(read)
    return {one["kind"]: one for one in read}


@pytest.mark.parametrize("version", ["1.30", "1.37"])
@pytest.mark.parametrize("kind", sorted(manifests()))
def test_manifests_are_what_kubernetes_understands(kind, version):
    validate(manifests()[kind], version, strict=True)


def test_manifests_fit_each_other():
    found = manifests()
    pod = found["Deployment"]["spec"]["template"]
    labels = pod["metadata"]["labels"]
    container = pod["spec"]["containers"][0]
    port = container["ports"][0]["name"]

    for kind in ("Deployment", "PodDisruptionBudget"):
        assert found[kind]["spec"]["selector"]["matchLabels"] == labels
    assert found["Service"]["spec"]["selector"] == labels
    assert found["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"] == labels
    assert found["Service"]["spec"]["ports"][0]["targetPort"] == port
    assert {container[probe]["httpGet"]["path"] for probe in ("startupProbe", "readinessProbe")} == {"/health"}
    scaled = found["HorizontalPodAutoscaler"]["spec"]
    assert (scaled["scaleTargetRef"]["kind"], scaled["scaleTargetRef"]["name"]) == ("Deployment", "ivr")
    assert found["PodDisruptionBudget"]["spec"]["minAvailable"] < scaled["minReplicas"]
    given = {variable["name"] for variable in container["env"]}
    assert given >= {TOKEN, PUBLIC_URL, STORE, SECRET}


def test_the_ingress_passes_on_every_route_and_nothing_else(app, script):
    paths = manifests()["Ingress"]["spec"]["rules"][0]["http"]["paths"]
    assert {(path["path"], path["pathType"]) for path in paths} == {(path, "Exact") for path in routes(app, script)}


def test_what_is_said_to_be_passed_on_is_what_is_there(app, script):
    (row,) = re.findall(r"^\| \*\*What a proxy lets in.*", (DEPLOY / "SECURITY.md").read_text(), re.MULTILINE)
    assert set(re.findall(r"`(/[a-z/]*)`", row)) == set(routes(app, script))


def test_no_call_is_lost_while_replicas_are_replaced():
    spec = manifests()["Deployment"]["spec"]
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


def test_what_waits_for_the_store_fits_into_its_volume():
    """Kubernetes evicts a pod whose volume is too full, and its calls and facts with it."""
    pod = manifests()["Deployment"]["spec"]["template"]["spec"]
    (container,), (volume,) = pod["containers"], [one for one in pod["volumes"] if one["name"] == "cache"]
    workers = int(container["args"][container["args"].index("--workers") + 1])
    size = volume["emptyDir"]["sizeLimit"]

    assert size == container["resources"]["requests"]["ephemeral-storage"]
    assert int(size.removesuffix("Mi")) * 2**20 > 2 * workers * MOST_BYTES  # a worker's own, and one left behind


def test_pods_are_let_do_little():
    pod = manifests()["Deployment"]["spec"]["template"]["spec"]
    container = pod["containers"][0]["securityContext"]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert container == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


# --- compose and Caddy ---------------------------------------------------------------------------


def test_every_container_is_let_do_little_and_only_caddy_is_open():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]

    assert set(services) == {"caddy", "line", "database"}
    for service in services.values():
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert not service.get("privileged")
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]


def test_the_sample_of_settings_has_all_that_the_composition_asks_for():
    text = (DEPLOY / "ivr.env.sample").read_text()
    sample, more = (dict(re.findall(rf"^{sign}([A-Z_]+)=(.*)$", text, re.MULTILINE)) for sign in ("", "#"))
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text())) - {"IVR_BASE_DIGEST"}

    assert asked <= {*sample, *more}
    assert not sample[TOKEN]
    settings = from_environment({**sample, TOKEN: "0123456789abcdef"})
    assert settings.public_url == f"https://{sample['IVR_HOST']}"
    assert sample["POSTGRES_PASSWORD"] in settings.store.url
    ours = {TOKEN: "0123456789abcdef", SECRET: "0" * 64, ACCOUNT: f"AC{'0' * 32}", SCRIPT: ""}
    assert from_environment(sample | more | ours).may_text  # what stands there to be switched on is understood, too


def test_caddy_passes_on_every_route_and_nothing_else(app, script):
    """tests/deploy/test_caddy.py asks a real one."""
    text = (DEPLOY / "Caddyfile").read_text()
    paths, pages = re.search(r"@line path (.*)", text)[1].split(), re.search(r"path_regexp (.*)", text)[1]

    assert set(paths) | {path for path in routes(app, script) if re.search(pages, path)} == set(routes(app, script))
    assert set(paths) <= set(routes(app, script))
    for tag in ("es", "pt-br", "fil-ph", "es-419", "e", "fil", "ES", "pt-b", "pt-brxx", "metrics", "es.map"):
        assert bool(re.search(pages, f"/{tag}/map")) == bool(re.fullmatch(Tag.regex, tag)), tag
    assert not re.search(r"\b(redir|rewrite|uri|encode|log)\b", re.sub("#.*", "", text))


def test_the_caddyfile_is_understood_by_caddy():
    caddy = program("caddy", "caddy")
    code, said = run(
        caddy, "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile"), IVR_HOST="line.example.org"
    )
    assert code == 0, said


# --- what is pinned ------------------------------------------------------------------------------


def pinned(name):
    text = (DEPLOY / name).read_text()
    blocks = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)
    found = {m[1]: (m[2], block) for block in blocks if (m := re.match(r"([a-z][\w.-]*)==(\S+)", block))}
    assert found
    assert all("--hash=sha256:" in block for _, block in found.values())
    return {package: version for package, (version, _) in found.items()}


def numbers(version):
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def test_what_is_deployed_is_what_the_project_asks_for():
    """Generated from pyproject.toml; its first lines say how."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found = pinned("requirements.txt")
    for asked in (*project["dependencies"], *project["optional-dependencies"]["postgres"]):
        name, least = re.fullmatch(r"([\w-]+)(?:\[\w+\])?>=([\d.]+)", asked).groups()
        assert numbers(found[name.lower()]) >= numbers(least), asked


def test_what_builds_the_package_is_pinned_too():
    (asked,) = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    name, least = asked.split(">=")
    assert numbers(pinned("requirements-build.txt")[name]) >= numbers(least)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-build.txt"])
def test_pinned_files_name_no_place_to_fetch_from(name):
    text = (DEPLOY / name).read_text()
    assert not re.search(r"^(--index-url|--extra-index-url|--find-links|-i |-f )|://", text, re.MULTILINE)
