"""What the reference page itself says, in both languages. What it tells of is
said in openapi.yaml, in English."""

WORDS = {
    "en": {
        "lang": "en", "other": "zh", "other_name": "中文",
        "title": "Duikou API reference", "about": "About",
        "skip": "Skip to the text", "operations": "Operations",
        "schemas": "Schemas", "problems": "Problems",
        "document": "OpenAPI document", "parameters": "Parameters",
        "name": "Name", "in": "In", "type": "Type", "meaning": "Meaning",
        "required": "required", "optional": "optional",
        "body": "Request body", "replies": "Replies", "status": "Status",
        "fields": "Header fields", "example": "Example",
        "made": "made from the schema", "public": "no sign-in needed",
        "bearer": "sign-in needed", "tag": "Group", "code": "Code",
        "or": "or", "and": "and", "list_of": "list of",
        "only_these": "no other members", "no_body": "no body",
        "default": "default", "unique": "no two alike",
        "any": "any value", "deprecated": "deprecated",
        "problem_says": "Every refusal is a problem (RFC 9457) with one of"
                        " these codes; its type is /problems/CODE.",
        "others": "any other", "used_by": "Used by",
    },
    "zh": {
        "lang": "zh-CN", "other": "en", "other_name": "English",
        "title": "对口 API 参考", "about": "概述",
        "skip": "跳到正文", "operations": "操作", "schemas": "数据结构",
        "problems": "错误", "document": "OpenAPI 文档",
        "parameters": "参数", "name": "名称", "in": "位置",
        "type": "类型", "meaning": "说明", "required": "必填",
        "optional": "可选", "body": "请求体", "replies": "响应",
        "status": "状态码", "fields": "响应头", "example": "示例",
        "made": "由数据结构生成", "public": "无需登录",
        "bearer": "需要登录", "tag": "分组", "code": "错误码",
        "or": "或", "and": "且", "list_of": "列表，元素为",
        "only_these": "不接受其他成员", "no_body": "无内容",
        "default": "默认值", "unique": "不得重复", "any": "任意值",
        "deprecated": "已弃用",
        "problem_says": "每个拒绝都是一个 problem（RFC 9457），错误码为下列"
                        "之一，type 为 /problems/错误码。",
        "others": "其他", "used_by": "使用处",
    },
}
