"""The lint's idea of Python names is the pinned generator's."""

from codegen.names import class_name, identifier
from tests.pipeline.places import asked

NAMES = """
asset_id,assetId,AssetID,asset-id,asset.id,HTTPStatus,FooBAR,Foo_B1,FooB1,ABc,x1,1x,_x,__init__,-x,x_,class,Class,self,id
list,true,None,datetime,DateTime,toDict,to_dict,to.dict,TO_DICT,é,日本,a$b,$ref,@type,_,...,a__b,äÖü,x-y_z,self_,print,T
iOS,querySeedanceSpRealPersonStatus,videos/{taskId},application/json,,asset id,naïve Name W,ID
""".replace("\n", ",").split(",")
ASK = """
import json, sys
from openapi_python_client.strings import ClassName, PythonIdentifier
names = json.load(sys.stdin)
print(json.dumps([[PythonIdentifier(n, "field_"), PythonIdentifier(n, "tag"), ClassName(n, "field_")] for n in names]))
"""


def test_names_are_made_as_the_generator_makes_them() -> None:
    ours = [[identifier(name), identifier(name, "tag"), class_name(name)] for name in NAMES]
    assert ours == asked(NAMES, "-c", ASK)
