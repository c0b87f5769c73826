# Generated from openapi.yaml by generate.sh. Do not edit.
"""Contains all the data models used in inputs/outputs"""

from .seedance_sp_real_person_asset import SeedanceSpRealPersonAsset
from .seedance_sp_real_person_batch_data import SeedanceSpRealPersonBatchData
from .seedance_sp_real_person_batch_response import SeedanceSpRealPersonBatchResponse
from .seedance_sp_real_person_batch_status_request import (
    SeedanceSpRealPersonBatchStatusRequest,
)
from .seedance_sp_real_person_response import SeedanceSpRealPersonResponse
from .seedance_sp_real_person_status_request import SeedanceSpRealPersonStatusRequest

__all__ = (
    "SeedanceSpRealPersonAsset",
    "SeedanceSpRealPersonBatchData",
    "SeedanceSpRealPersonBatchResponse",
    "SeedanceSpRealPersonBatchStatusRequest",
    "SeedanceSpRealPersonResponse",
    "SeedanceSpRealPersonStatusRequest",
)
