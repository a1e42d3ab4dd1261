"""What a refusal says to the person: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plazo.contracts.refusals import PolicyInvalid
from plazo.kit.refusals import Refused
from plazo.sla.wording import say_day
from plazo.web import moments

_MB: Final = 1024 * 1024

SENTENCES: Final[Mapping[str, Promise]] = {
    # Who may do it
    "not_allowed": _("Esto le corresponde a otra persona. Pídalo a quien administra su empresa o la mesa."),
    "not_authorised": _("Usted está registrado, pero no autorizado a reportar. Pídalo a %(administrators)s."),
    "revoked": _("Su autorización para reportar se retiró. Pida que se la devuelva %(administrators)s."),
    "not_member": _("Esa persona no pertenece a la empresa. Elija otra, o agréguela primero."),
    "unknown_sender": _("No conocemos esa dirección. Pida al administrador de su empresa que la registre."),
    "person_disabled": _("Esa persona está desactivada. Actívela primero."),
    "person_known": _(
        "Ya existe una persona con ese correo. ¿Agregarla a esta empresa? "
        "Marque la casilla y envíe de nuevo: conserva el nombre y el teléfono que tiene."
    ),
    "already_member": _("La persona con ese correo ya pertenece a la empresa. Cámbiela en la lista."),
    "membership_ended": _("Esa persona ya no pertenece a la empresa. Agréguela de nuevo primero."),
    "last_administrator": _("La mesa quedaría sin administración. Nombre primero a otra persona."),
    "desk_founded": _("La mesa ya tiene quien la administre: pídale que agregue a la persona."),
    # Texts and files
    "empty_text": _("Escriba un texto: está vacío."),
    "empty_subject": _("Escriba un asunto: está vacío."),
    "subject_too_long": _("El asunto es demasiado largo: acórtelo a %(limit)s caracteres."),
    "text_too_long": _(
        "El texto es demasiado largo: acórtelo a %(limit)s caracteres o adjúntelo como archivo."
    ),
    "reason_needed": _("Escriba el motivo: queda en el historial."),
    "file_too_large": _(
        "El archivo %(file_name)s pesa más que el máximo de %(limit_mb)s MB. "
        "Quítelo o comprímalo y adjunte de nuevo; su texto sigue aquí."
    ),
    "file_empty": _("El archivo %(file_name)s está vacío. Quítelo o adjúntelo de nuevo."),
    "file_is_program": _(
        "El archivo %(file_name)s es un programa y no se recibe. Envíelo comprimido si hace falta."
    ),
    "too_many_files": _("Adjunte a lo más %(limit)s archivos; envíe los demás en otro mensaje."),
    # Tickets
    "changed": _(
        "Alguien escribió mientras usted escribía. Lea lo nuevo antes de enviar; su texto sigue aquí."
    ),
    "closed": _("Este ticket está cerrado. Escriba y abriremos uno nuevo, enlazado."),
    "not_open": _("El ticket ya está resuelto. Reábralo primero."),
    "already_open": _(
        "El ticket ya está abierto: no hace falta reabrirlo. Escriba lo que falta como mensaje."
    ),
    "not_resolved": _("El ticket no está resuelto: no hay una solución que confirmar."),
    "reopening_period_over": _(
        "El período para reabrir terminó el %(until)s. Reporte de nuevo y quedará enlazado."
    ),
    "nothing_to_review": _("No hay nada por revisar."),
    "already_paused": _("El plazo ya está en pausa. Termine esa pausa primero."),
    "not_paused": _("El plazo no está en pausa."),
    "unknown_pause_reason": _("El acuerdo no tiene ese motivo de pausa. Elija otro."),
    "no_pause_left": _("El ticket ya usó todo el tiempo de pausa que permite el acuerdo. Siga sin pausa."),
    "unknown_kind": _("El catálogo no tiene ese tipo de incidente. Elija otro."),
    "unknown_priority": _("El acuerdo no tiene esa prioridad. Elija otra."),
    "priority_follows_kind": _("La prioridad la da el tipo de incidente. Cambie el tipo."),
    "nothing_changes": _("El ticket ya dice eso."),
    "without_contract": _("El ticket no tiene contrato. Asígnele uno primero."),
    "already_taken": _("Otra persona ya tomó el ticket. Si le toca a usted, asígneselo."),
    "not_at_desk": _("Esa persona no trabaja en la mesa. Elija a otra."),
    "promise_in_the_past": _("La solución estimada debe quedar en el futuro."),
    "promise_while_paused": _("El plazo está en pausa. Reanúdelo antes de estimar la solución."),
    "promise_past_term": _("La solución estimada no puede pasar del plazo, que vence el %(due_at)s."),
    "start_in_the_future": _("El inicio no puede quedar en el futuro."),
    "not_missed": _("Solo se exime un plazo incumplido."),
    "already_waived": _("Ya hay una exención, o una solicitud que espera."),
    "no_such_request": _("No hay una solicitud de exención con ese número."),
    "second_person_needed": _("Quien pide una exención no la decide. Debe hacerlo otra persona."),
    "not_areply": _("Solo una respuesta de la mesa puede quedar sin entregar."),
    "nothing_to_dispute": _("Elija qué objeta: la prioridad o la pausa."),
    "unknown_holder": _("Elija quién causó el atraso."),
    # Reports
    "channel_closed": _("El acuerdo de su empresa no recibe reportes por este medio: %(open)s."),
    "requester_needed": _("Diga quién llamó: el reporte es de esa persona."),
    "key_invalid": _("Este formulario ya no sirve. Copie su texto, recargue la página y envíe de nuevo."),
    "not_held": _("Ese reporte ya se admitió o se descartó."),
    "key_reused": _(
        "Este formulario ya se envió con otro contenido. Abra uno nuevo para reportar otra cosa."
    ),
    "already_sent": _(
        "Este formulario ya se envió, con otro texto. Si lo de abajo es algo más, envíelo de nuevo."
    ),
    "form_reused": _(
        "Este formulario ya se envió, con otros datos. Si lo de abajo es algo más, envíelo de nuevo."
    ),
    "several_contracts": _("Más de un contrato cubre ese servicio. Elija el contrato."),
    # Policies and contracts
    "policy_invalid": _("El acuerdo tiene errores. Corríjalos y cargue de nuevo: %(errors)s"),
    "policy_already_published": _("Esta versión ya está publicada y no se edita. Cargue una nueva versión."),
    "policy_version_not_newer": _(
        "La versión debe ser mayor que la %(last)s. Cambie el número y cargue de nuevo."
    ),
    "policy_document_differs": _(
        "Este archivo no es el documento firmado que nombra el acuerdo: su huella es otra. "
        "Suba el que tiene esa huella, o cargue una versión del acuerdo que nombre la de este."
    ),
    "policy_unpublished": _("Esa versión del acuerdo no está publicada. Publíquela primero."),
    "policy_not_yet_effective": _(
        "Esa versión rige desde el %(effective_from)s. Elija una fecha desde ese día."
    ),
    "window_unknown": _("El acuerdo no tiene esa modalidad. Elija otra."),
    "level_unknown": _("El acuerdo no tiene ese nivel. Elija otro."),
    "services_unknown": _("El acuerdo no tiene esos servicios: %(services)s."),
    "contract_number_invalid": _("Escriba un número de contrato de 1 a 40 caracteres."),
    "contract_number_taken": _("Ya existe el contrato %(number)s. Use otro número."),
    "contract_without_start": _("Indique desde qué día rige el contrato."),
    "contract_date_out_of_range": _("Elija una fecha entre 1990 y 2060."),
    "contract_ends_before_start": _("El contrato termina antes de empezar. Revise las fechas."),
    "contract_ends_before_amendment": _(
        "Una enmienda rige desde el %(starts_on)s. Elija como último día esa fecha o una posterior."
    ),
    "contracts_overlap": _(
        "El contrato %(number)s ya cubre esos servicios en esas fechas. Termine ese contrato, o cambie las "
        "fechas o los servicios de este."
    ),
    "amendment_out_of_order": _("La enmienda debe regir desde el %(last_starts_on)s o después."),
    "day_off_already_declared": _("Ese día ya está declarado."),
    "day_off_already_withdrawn": _("Ese día ya estaba retirado."),
}

NO_CONTRACT: Final[Mapping[str, Promise]] = {
    "none": _("Su empresa no tiene un contrato de soporte vigente."),
    "expired": _("El contrato de soporte de su empresa terminó el %(ended_on)s."),
    "not_covered": _("Ningún contrato vigente de su empresa cubre ese servicio."),
}

FIELDS: Final[Mapping[str, Promise]] = {
    "required": _("Complete este dato."),
    "too_long": _("Acórtelo a %(limit)s caracteres."),
    "bad_email": _("Escriba un correo válido, como nombre@empresa.cl."),
    "bad_tax_id": _("El RUT no es válido. Revise el dígito verificador."),
    "unknown_country": _("Escriba el código del país en dos letras, como CL."),
    "unknown_region": _("Elija una región de la lista."),
    "commune_without_region": _("Elija primero la región."),
    "unknown_zone": _("Elija una zona horaria de la lista."),
    "unknown_language": _("Elija un idioma de la lista."),
    "unknown_role": _("Elija un rol de la lista."),
    "unknown_sees": _("Elija qué tickets ve la persona."),
    "taken": _("Ya existe. Escriba otro."),
    "known": _(
        "Ya existe una persona con ese correo. "
        "Búsquela por él en «Personas de la mesa» y dele el rol en su página."
    ),
    "no_contact": _(
        "Ese correo es de alguien de la mesa o de una persona desactivada. "
        "Escriba otro, o pida a quien administra la mesa que lo revise."
    ),
    "out_of_range": _("Elija una fecha entre 1990 y 2060."),
    "not_a_time": _("Escriba la hora como 09:30."),
    "ends_before_start": _("La hora de término debe ser posterior a la de inicio."),
    "unknown": _("Elija un valor de la lista."),
    "weak_password": _("Elija una contraseña más segura: %(messages)s"),
}


def words(refusal: Refused, **more: object) -> str:
    """The refusal in the reader's language. `more` is what only the page knows.

    A refusal without a sentence is a fault: KeyError.
    """
    details = {name: _said(value) for name, value in {**refusal.details, **more}.items()}
    special = _SPECIAL.get(refusal.code)
    template, computed = special(refusal) if special else (SENTENCES[refusal.code], {})
    return str(template) % (details | computed)


def _invalid_field(refusal: Refused) -> tuple[Promise, dict[str, str]]:
    details: Mapping[str, Any] = refusal.details
    return FIELDS[details["reason"]], {"limit": str(details.get("limit") or "")}


def _no_contract(refusal: Refused) -> tuple[Promise, dict[str, str]]:
    details: Mapping[str, Any] = refusal.details
    return NO_CONTRACT[details["reason"]], {}


def _file_too_large(refusal: Refused) -> tuple[Promise, dict[str, str]]:
    details: Mapping[str, Any] = refusal.details
    return SENTENCES["file_too_large"], {"limit_mb": str(details["limit"] // _MB)}


def _policy_invalid(refusal: Refused) -> tuple[Promise, dict[str, str]]:
    problems = cast(PolicyInvalid, refusal).problems
    language = moments.language()
    return SENTENCES["policy_invalid"], {"errors": " ".join(each.sentence(language) for each in problems)}


_SPECIAL: Final[Mapping[str, Callable[[Refused], tuple[Promise, dict[str, str]]]]] = {
    "invalid_field": _invalid_field,
    "day_off_invalid": _invalid_field,
    "no_contract": _no_contract,
    "file_too_large": _file_too_large,
    "policy_invalid": _policy_invalid,
}


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return moments.long(value)
    if isinstance(value, date):
        return say_day(value, moments.language(), month=True, year=True)
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return str(value)
