"""Regions whose days off can differ, by their ISO 3166-2 codes."""

from __future__ import annotations

from typing import Final

from plazo.kit.text import fold

REGIONS: Final[dict[str, dict[str, str]]] = {
    "CL": {
        "CL-AP": "Arica y Parinacota",
        "CL-TA": "Tarapacá",
        "CL-AN": "Antofagasta",
        "CL-AT": "Atacama",
        "CL-CO": "Coquimbo",
        "CL-VS": "Valparaíso",
        "CL-RM": "Metropolitana de Santiago",
        "CL-LI": "Libertador General Bernardo O’Higgins",
        "CL-ML": "Maule",
        "CL-NB": "Ñuble",
        "CL-BI": "Biobío",
        "CL-AR": "La Araucanía",
        "CL-LR": "Los Ríos",
        "CL-LL": "Los Lagos",
        "CL-AI": "Aysén del General Carlos Ibáñez del Campo",
        "CL-MA": "Magallanes y de la Antártica Chilena",
    }
}


def commune_code(name: str) -> str:
    """How a commune is written in scopes: "Punta Arenas" as "punta-arenas"."""
    return "-".join("".join(char if char.isalnum() else " " for char in fold(name)).split())
