"""Reporting, with the promise shown first."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from plazo.intake.models import Submission
from plazo.people.models import Person
from plazo.tickets.models import Attachment, Event, Message, Ticket
from tests.web.conftest import Browse
from tests.world import World

HTMX = {"HX-Request": "true"}


def given(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "token": "una-vez",
        "organization": world.andes.pk,
        "service": "erp",
        "kind": "ALTO-01",
        "subject": "No sale ninguna factura",
        "body": "Desde las 9:30 en la caja 3.",
    } | changes


def file(name: str = "pantalla.txt", content: bytes = b"detalle") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, world: World, **changes: Any) -> Any:
    return client.post("/reportar/", given(world, **changes))


def test_the_form_offers_the_catalogue_and_not_knowing(browse: Browse, world: World):
    page = browse(world.contact).get("/reportar/").text
    assert page.count('name="kind"') == 36
    assert "No sé / no está en la lista" in page
    assert "Facturación electrónica" in page


def test_the_promise_is_on_the_form_before_anything_is_chosen(browse: Browse, world: World):
    page = browse(world.contact).get("/reportar/").text
    assert "Le respondemos a más tardar el miércoles 18 de noviembre, 13:00 (hora de Santiago)." in page
    assert "Servicio 8x5 Premium" in page
    assert "Prioridad por confirmar: mientras tanto rige el plazo de la prioridad alta." in page


def test_a_report_becomes_a_ticket_and_leads_to_its_page(browse: Browse, world: World):
    response = send(browse(world.contact), world, attachments=[file(), file("otra.txt")])
    ticket = Ticket.objects.get()
    assert response.headers["Location"] == f"/tickets/{ticket.pk}/"
    assert (ticket.requester, ticket.kind, ticket.service) == (world.contact, "ALTO-01", "erp")
    assert set(Attachment.objects.values_list("file_name", flat=True)) == {"pantalla.txt", "otra.txt"}


def test_the_promise_shown_is_the_promise_kept(browse: Browse, world: World):
    client = browse(world.contact)
    query = {"organization": world.andes.pk, "service": "erp", "kind": "BAJO-02"}
    shown = client.get("/reportar/plazo/", query, headers=HTMX).text
    send(client, world, kind="BAJO-02")
    clocks = {each.metric: each for each in Ticket.objects.get().clocks.all()}
    assert "jueves 19 de noviembre, 14:00" in shown
    assert clocks["response"].due_at.isoformat() == "2026-11-19T17:00:00+00:00"


def test_a_double_click_makes_one_ticket(browse: Browse, world: World):
    client = browse(world.contact)
    first, second = send(client, world), send(client, world)
    assert first.headers["Location"] == second.headers["Location"]
    assert Ticket.objects.count() == 1
    assert Message.objects.count() == 1


def test_not_knowing_the_kind_runs_as_high_to_be_confirmed(browse: Browse, world: World):
    send(browse(world.contact), world, kind="")
    ticket = Ticket.objects.get()
    assert (ticket.priority, ticket.classified) == ("high", False)


def test_the_fragment_is_the_promise_alone_and_writes_nothing(
    browse: Browse, world: World, django_assert_max_num_queries
):
    client = browse(world.contact)
    query = {"organization": world.andes.pk, "kind": "ALTO-01"}
    client.get("/reportar/plazo/", query, headers=HTMX)
    with django_assert_max_num_queries(10) as captured:
        page = client.get("/reportar/plazo/", query, headers=HTMX).text
    assert "<html" not in page
    assert "data-say" in page
    assert not [each for each in captured if each["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_sending_a_report_takes_thirteen_queries_and_a_transaction(
    browse: Browse, world: World, django_assert_max_num_queries
):
    client = browse(world.contact)
    send(client, world)
    with django_assert_max_num_queries(15):
        send(client, world, token="otra-vez")


def test_without_htmx_the_promise_has_a_whole_page(browse: Browse, world: World):
    page = (
        browse(world.contact)
        .get("/reportar/plazo/", {"organization": world.andes.pk, "subject": "Hola"})
        .text
    )
    assert "<html" in page
    assert 'value="Hola"' in page


def test_without_a_script_a_button_shows_the_promise_and_keeps_the_text(browse: Browse, world: World):
    response = send(browse(world.contact), world, see="1", kind="BAJO-02", body="Mi texto <b>largo</b>")
    assert response.status_code == 200
    assert "jueves 19 de noviembre, 14:00" in response.text
    assert "Mi texto &lt;b&gt;largo&lt;/b&gt;" in response.text
    assert 'value="una-vez"' in response.text
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"), [("subject", ""), ("subject", "  "), ("body", ""), ("body", " \n ")]
)
def test_an_empty_text_is_refused_and_the_rest_kept(browse: Browse, world: World, field: str, value: str):
    response = send(browse(world.contact), world, **{field: value})
    assert response.status_code == 422
    assert "Lo que escribió sigue aquí" in response.text
    assert ("caja 3" if field == "subject" else "ninguna factura") in response.text
    assert Submission.objects.count() == 0


def test_controls_in_a_text_never_reach_the_database(browse: Browse, world: World):
    send(browse(world.contact), world, body="antes\x08después")
    assert Message.objects.get().body == "antesdespués"


def test_a_nul_is_refused_in_words(browse: Browse, world: World):
    response = send(browse(world.contact), world, body="antes\x00después")
    assert response.status_code == 422
    assert "Escríbalo de nuevo" in response.text
    assert Ticket.objects.count() == 0


@override_settings(MAX_UPLOAD_BYTES=100)
def test_a_large_file_is_named_and_the_text_kept(browse: Browse, world: World):
    response = send(browse(world.contact), world, attachments=[file(), file("respaldo.zip", b"x" * 200)])
    assert response.status_code == 422
    assert "El archivo respaldo.zip pesa más que el máximo" in response.text
    assert "caja 3" in response.text
    assert (Ticket.objects.count(), Attachment.objects.count(), Submission.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("name", "content", "words"), [
    ("juego.exe", b"MZ", "es un programa"),
    ("nada.txt", b"", "vacío"),
])  # fmt: skip
def test_a_file_that_is_not_taken_is_named(
    browse: Browse, world: World, name: str, content: bytes, words: str
):
    response = send(browse(world.contact), world, attachments=[file(name, content)])
    assert response.status_code == 422
    assert words in response.text
    assert name in response.text


def test_too_many_files_are_refused_in_words(browse: Browse, world: World):
    response = send(browse(world.contact), world, attachments=[file(f"{n}.txt") for n in range(21)])
    assert response.status_code == 422
    assert "a lo más 20 archivos" in response.text


def test_a_name_that_ends_in_an_abbreviation_brings_no_second_full_stop(browse: Browse, world: World):
    Person.objects.filter(pk=world.client_administrator.pk).update(name="Contacto 1, Andes Ltda.")
    assert "Pídalo a Contacto 1, Andes Ltda.<" in browse(world.unauthorised).get("/reportar/").text


def test_registered_but_not_authorised_is_refused_with_whom_to_ask(browse: Browse, world: World):
    client = browse(world.unauthorised)
    assert "Pídalo a Administración Andes" in client.get("/reportar/").text
    response = send(client, world)
    assert response.status_code == 422
    assert "Pídalo a Administración Andes" in response.text
    assert "caja 3" in response.text
    assert Ticket.objects.count() == 0


def test_a_revoked_contact_is_told_so(browse: Browse, world: World):
    response = send(browse(world.revoked), world)
    assert response.status_code == 422
    assert "se retiró" in response.text
    assert Ticket.objects.count() == 0


def test_an_ended_contract_holds_the_report_and_says_since_when(browse: Browse, world: World):
    client = browse(world.ocaso_contact)
    assert "30 de junio" in client.get("/reportar/").text
    response = client.post(
        "/reportar/", given(world, organization=world.ocaso.pk, kind="", service=""), follow=True
    )
    assert "la mesa ya lo ve" in response.text
    assert (Ticket.objects.count(), Submission.objects.get().state) == (0, "held")


def test_another_companys_form_is_not_there(browse: Browse, world: World):
    client = browse(world.contact)
    assert client.get("/reportar/", {"empresa": world.norte.pk}).status_code == 404
    assert send(client, world, organization=world.norte.pk).status_code == 404
    assert client.get("/reportar/plazo/", {"organization": world.norte.pk}).status_code == 404
    assert Event.objects.count() == 0


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "1 "])
def test_a_company_that_is_none_is_not_found(browse: Browse, world: World, number: str):
    assert browse(world.contact).get("/reportar/", {"empresa": number}).status_code == 404


def test_whoever_serves_two_companies_says_for_which(browse: Browse, world: World):
    client = browse(world.shared)
    page = client.get("/reportar/").text
    assert "¿Para qué empresa?" in page
    assert "Servicio 12x5" in client.get("/reportar/", {"empresa": world.norte.pk}).text


def test_a_kind_that_is_none_is_refused(browse: Browse, world: World):
    response = send(browse(world.contact), world, kind="INVENTADO-01")
    assert response.status_code == 422
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize(
    "query", [{"kind": "nada"}, {"service": "nada"}, {"contract": "x"}, {"contract": "999"}]
)
def test_a_strange_choice_still_shows_a_promise(browse: Browse, world: World, query: dict[str, str]):
    response = browse(world.contact).get(
        "/reportar/plazo/", {"organization": world.andes.pk} | query, headers=HTMX
    )
    assert response.status_code == 200
    assert "a más tardar" in response.text
