# Generated from openapi.yaml by generate.sh. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="SeedanceSpRealPersonAsset")


@_attrs_define
class SeedanceSpRealPersonAsset:
    """
    Attributes:
        asset_id (str | Unset):
        official_id (str | Unset):
        status (str | Unset): Processing / Active / Failed
        asset_ref (str | Unset): Reference usable in video create requests
        name (str | Unset):
        url (str | Unset):
        created_at (str | Unset):
    """

    asset_id: str | Unset = UNSET
    official_id: str | Unset = UNSET
    status: str | Unset = UNSET
    asset_ref: str | Unset = UNSET
    name: str | Unset = UNSET
    url: str | Unset = UNSET
    created_at: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        asset_id = self.asset_id

        official_id = self.official_id

        status = self.status

        asset_ref = self.asset_ref

        name = self.name

        url = self.url

        created_at = self.created_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if asset_id is not UNSET:
            field_dict["asset_id"] = asset_id
        if official_id is not UNSET:
            field_dict["official_id"] = official_id
        if status is not UNSET:
            field_dict["status"] = status
        if asset_ref is not UNSET:
            field_dict["asset_ref"] = asset_ref
        if name is not UNSET:
            field_dict["name"] = name
        if url is not UNSET:
            field_dict["url"] = url
        if created_at is not UNSET:
            field_dict["created_at"] = created_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        asset_id = d.pop("asset_id", UNSET)

        official_id = d.pop("official_id", UNSET)

        status = d.pop("status", UNSET)

        asset_ref = d.pop("asset_ref", UNSET)

        name = d.pop("name", UNSET)

        url = d.pop("url", UNSET)

        created_at = d.pop("created_at", UNSET)

        seedance_sp_real_person_asset = cls(
            asset_id=asset_id,
            official_id=official_id,
            status=status,
            asset_ref=asset_ref,
            name=name,
            url=url,
            created_at=created_at,
        )

        seedance_sp_real_person_asset.additional_properties = d
        return seedance_sp_real_person_asset

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
